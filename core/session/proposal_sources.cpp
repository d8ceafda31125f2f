#include "core/session/proposal_sources.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/stopwatch.h"
#include "core/proposals/components.h"
#include "core/proposals/soft_mask.h"
#include "core/session/engine.h"
#include "core/store/licence.h"

namespace maskwright::session {
namespace {

constexpr float kInside = 0.5f;
constexpr std::size_t kSightings = 200;  // before those too like a surer one are left out
// Of the maps' own highest value a part may be sure where the whole is not.
constexpr std::array<float, 3> kHeights = {0.3f, 0.5f, 0.7f};

// How sure the mask is where it is inside: SOLO's maskness.
float maskness(const Sighting& sighting) {
    const Heatmap& map = sighting.mask;
    double sum = 0;
    std::int64_t count = 0;
    for (int y = int(sighting.top * map.height); y < std::min(map.height, int(std::ceil(sighting.bottom * map.height)));
         ++y) {
        for (int x = int(sighting.left * map.width);
             x < std::min(map.width, int(std::ceil(sighting.right * map.width))); ++x) {
            if (map.at(x, y) > kInside) {
                sum += double(map.at(x, y));
                ++count;
            }
        }
    }
    return count > 0 ? float(sum / double(count)) : 0.0f;
}

Box boxOf(const Sighting& sighting, const Image& picture) {
    const int left = int(std::floor(sighting.left * picture.width)),
              top = int(std::floor(sighting.top * picture.height));
    return {left, top, int(std::ceil(sighting.right * picture.width)) - left,
            int(std::ceil(sighting.bottom * picture.height)) - top};
}

// Ranked, with what was left out and how long it took.
proposals::Found finished(proposals::Found found, const proposals::Limits& limits, const Stopwatch& watch) {
    found.before = found.proposals.size();
    found.proposals = proposals::ranked(std::move(found.proposals), limits);
    found.milliseconds = watch.milliseconds();
    return found;
}

class Detector final : public proposals::Source {
  public:
    Detector(ClipSegMethod& method, proposals::Limits limits) : method_(method), limits_(limits) {}

    [[nodiscard]] proposals::About about() const override {
        return {"detector", message("what the detector of %1 sees, whatever it takes it for", method_.info().name),
                licenceOf(method_.info())};
    }

    Result<proposals::Found> propose(const Image& picture, std::stop_token stop) override {
        const Stopwatch watch;
        const auto sightings = method_.sightings(picture, kSightings, std::move(stop));
        if (!sightings) {
            return sightings.error();
        }
        proposals::Found found;
        for (const Sighting& one : *sightings) {
            proposals::Proposal made = proposals::proposalOf(
                proposals::runsAbove(one.mask, kInside, picture.width, picture.height, boxOf(one, picture)),
                one.score * maskness(one));
            if (made.area > 0) {
                found.proposals.push_back(std::move(made));
            }
        }
        return finished(std::move(found), limits_, watch);
    }

  private:
    ClipSegMethod& method_;
    proposals::Limits limits_;
};

class Maps final : public proposals::Source {
  public:
    Maps(ClipSegMethod& method, std::vector<std::string> phrases, proposals::Limits limits)
        : method_(method), phrases_(std::move(phrases)), limits_(limits) {}

    [[nodiscard]] proposals::About about() const override {
        return {
            "maps",
            message("connected parts of what %1 finds for %2 general phrases", method_.info().name, phrases_.size()),
            licenceOf(method_.info())};
    }

    Result<proposals::Found> propose(const Image& picture, std::stop_token stop) override {
        const Stopwatch watch;
        const auto encoded = method_.encode(picture, {}, stop);
        if (!encoded) {
            return encoded.error();
        }
        std::vector<Prompt> prompts(phrases_.size());
        std::transform(phrases_.begin(), phrases_.end(), prompts.begin(), [](const std::string& phrase) {
            Prompt prompt;
            prompt.phrase = phrase;
            return prompt;
        });
        auto answer = method_.predict(*encoded, prompts, stop);
        if (!answer) {
            return answer.error();
        }
        proposals::Found found;
        found.proposals = proposals::fromMaps(answer->maps, kHeights, picture.width, picture.height);
        return finished(std::move(found), limits_, watch);
    }

  private:
    ClipSegMethod& method_;
    std::vector<std::string> phrases_;
    proposals::Limits limits_;
};

}  // namespace

Message licenceOf(const ModelInfo& model) { return store::licenceOf(model.folder, model.name); }

std::unique_ptr<proposals::Source> detectorSource(ClipSegMethod& method, proposals::Limits limits) {
    return std::make_unique<Detector>(method, limits);
}

std::string detectingModel(const ClipSegMethod& method, const std::string& model) {
    return method.facts().detects ? model : kBuiltInModel;
}

std::vector<std::string> genericPhrases() {
    return {"person", "animal", "bird",   "dog",    "vehicle",  "car",      "boat", "furniture",
            "chair",  "table",  "food",   "fruit",  "dish",     "plant",    "tree", "flower",
            "toy",    "ball",   "bag",    "bottle", "book",     "clothing", "hat",  "machine",
            "tool",   "sign",   "screen", "lamp",   "building", "window",   "door", "container"};
}

std::unique_ptr<proposals::Source> mapsSource(ClipSegMethod& method, std::vector<std::string> phrases,
                                              proposals::Limits limits) {
    return std::make_unique<Maps>(method, std::move(phrases), limits);
}

}  // namespace maskwright::session
