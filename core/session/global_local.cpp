#include "core/session/global_local.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <list>
#include <numeric>
#include <optional>
#include <utility>

#include "core/base/blank.h"
#include "core/global_local/describer.h"
#include "core/image/runs_cut.h"
#include "core/nn/device.h"
#include "core/referring/place_words.h"
#include "core/session/clipseg_method.h"
#include "core/session/fallback.h"
#include "core/session/limits.h"
#include "core/session/lru.h"
#include "core/session/moving_describer.h"
#include "core/session/tensors.h"
#include "core/session/translate.h"
#include "core/store/store.h"

namespace maskwright::session {

namespace {

using global_local::Describer;

constexpr std::size_t kKeptTexts = 256;
// Regions that are described together: the work that a stop loses. As fast as all at once; a half-typed
// expression may stop the worker every few letters.
constexpr std::size_t kAtOnce = 16;

class Seen final : public SeenRegions {
  public:
    Seen(std::vector<Region> regions, std::shared_ptr<const global_local::Picture> shown, const void* by)
        : picture(std::move(shown)), owner(by), regions_(std::move(regions)) {}
    [[nodiscard]] const std::vector<Region>& regions() const override { return regions_; }

    const std::shared_ptr<const global_local::Picture> picture;
    std::optional<Encoded> encoded;  // once something was looked for in it
    std::vector<std::pair<std::string, std::vector<float>>> named;
    const void* const owner;
    // Of the first regions that were described, as many as before a stop.
    std::list<std::pair<GlobalOptions, Features>> global;
    Features local;

    [[nodiscard]] Features& globalWith(const GlobalOptions& options) {
        for (auto& [known, features] : global) {
            if (known == options) {
                return features;
            }
        }
        return global.emplace_back(options, Features()).second;
    }

  private:
    std::vector<Region> regions_;
};

Error unfit(Message what) {
    return {ErrorKind::input, std::move(what), "give masks of this picture, each with at least one pixel"};
}

// Regions are counted from 1, as people do.
Result<void> checkRegions(const Image& image, std::span<const Region> regions) {
    for (std::size_t i = 0; i < regions.size(); ++i) {
        const auto& [mask, box] = regions[i];
        if (mask.width != image.width || mask.height != image.height) {
            return unfit(message("region %1 is of %2x%3 pixels, the picture of %4x%5", i + 1, mask.width, mask.height,
                                 image.width, image.height));
        }
        if (mask.area() == 0) {
            return unfit(message("region %1 is empty", i + 1));
        }
        const bool within =
            box.x >= 0 && box.y >= 0 && box.width <= image.width - box.x && box.height <= image.height - box.y;
        if (!box.empty() && !within) {
            return unfit(message("region %1 has a box outside the picture", i + 1));
        }
    }
    return {};
}

// Of a map of the whole picture, whatever its size.
float meanUnder(const Heatmap& map, const Runs& runs) {
    const Box box = boundingBox(runs);
    const Mask mask = cutOut(runs, box);
    std::vector<int> columns;  // of the map, by those of the box
    for (int x = 0; x < box.width; ++x) {
        columns.push_back(int(std::int64_t(box.x + x) * map.width / runs.width));
    }
    double sum = 0;
    std::int64_t count = 0;
    for (int y = 0; y < box.height; ++y) {
        const int row = int(std::int64_t(box.y + y) * map.height / runs.height);
        for (int x = 0; x < box.width; ++x) {
            if (mask.at(x, y) != 0) {
                sum += double(map.at(columns[std::size_t(x)], row));
                ++count;
            }
        }
    }
    return count > 0 ? float(sum / double(count)) : 0.0F;
}

}  // namespace

struct GlobalLocal::Impl {
    std::unique_ptr<global_local::Describer> describer;
    std::unique_ptr<ClipSegMethod> finding;  // the same weights, asked where something is; null for a CLIP
    Lru<std::string, TextFeatures> texts{kKeptTexts};

    [[nodiscard]] Result<Features> featuresOf(const at::Tensor& rows) const {
        Features features{rows.size(0), rows.size(1), asVector(rows)};
        const bool finite =
            std::all_of(features.values.begin(), features.values.end(), [](float x) { return std::isfinite(x); });
        if (!finite) {
            return Error{ErrorKind::weights,
                         message("the model %1 gives numbers that are not finite", describer->facts().name),
                         "its weights are damaged or of another model; get them again"};
        }
        return features;
    }
    // `known` with the features of all regions in `order`, of which it has those of the first.
    template <class Describe>
    [[nodiscard]] Result<Features> goOn(Features& known, const std::vector<Region>& all,
                                        const std::vector<std::size_t>& order, const Describe& describe) const {
        while (known.rows < static_cast<std::int64_t>(all.size()) || known.width == 0) {  // of no regions: their width
            std::vector<Region> next;
            for (auto i = std::size_t(known.rows); i < all.size() && next.size() < kAtOnce; ++i) {
                next.push_back(all[order[i]]);
            }
            const auto some = featuresOf(describe(next));
            if (!some) {
                return some.error();
            }
            known.values.insert(known.values.end(), some->values.begin(), some->values.end());
            known.width = some->width;
            known.rows += some->rows;
        }
        Features sorted = known;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const auto row = known.row(std::int64_t(i));
            std::copy(row.begin(), row.end(), sorted.values.begin() + std::ptrdiff_t(order[i] * row.size()));
        }
        return sorted;
    }
    [[nodiscard]] Result<Seen*> own(SeenRegions& regions) const {
        auto* seen = dynamic_cast<Seen*>(&regions);
        if (seen == nullptr || seen->owner != this) {
            return Error{ErrorKind::usage, "the picture was encoded by another model", "encode it again"};
        }
        return seen;
    }
    [[nodiscard]] Result<GlobalOptions> checked(GlobalOptions options) const {
        const Facts& facts = describer->facts();
        if (options.silencing != Silencing::tokens && !facts.tokens) {
            return Error{ErrorKind::usage,
                         message("the model %1 has no tokens to hide: its encoder is not a transformer", facts.name),
                         "keep the masking at tokens, or choose a CLIP with a vision transformer"};
        }
        if (facts.blocks == 0) {
            options.blocks = 0;  // says nothing, so that one answer serves for all
        } else if (options.blocks < 1 || options.blocks > facts.blocks) {
            return Error{
                ErrorKind::usage,
                message("the regions cannot be masked in the last %1 blocks of %2", options.blocks, facts.blocks),
                message("give k= a number from 1 to %1", facts.blocks)};
        }
        return options;
    }
};

GlobalLocal::GlobalLocal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GlobalLocal::~GlobalLocal() = default;

Result<std::unique_ptr<GlobalLocal>> GlobalLocal::open(const EngineOptions& options, Tell tell) {
    return guarded("loading the model", [&]() -> Result<std::unique_ptr<GlobalLocal>> {
        const auto found = store::find(options.model);
        if (!found) {
            return found.error();
        }
        const auto device = nn::deviceFromName(options.device);
        if (!device) {
            return device.error();
        }
        // Scores of rivals lie close together, so bfloat16 is taken only where it is asked for.
        const auto dtype = nn::dtypeFromName(options.dtype == "auto" ? "float32" : options.dtype, *device);
        if (!dtype) {
            return dtype.error();
        }
        nn::setThreads(options.threads, nn::Products::oneDnn);
        nn::keepFloat32Exact();
        at::Device on = *device;
        const auto openOn = [folder = found->folder, dtype = *dtype](at::Device place) {
            const bool half = place.is_cpu() && dtype == at::kHalf;  // processors multiply it slowly
            return global_local::openDescriber(folder, place, half ? at::kFloat : dtype);
        };
        const auto leave = [device = *device, tell, name = found->folder] {
            if (tell && !device.is_cpu()) {
                tell(message("the memory of %1 is full: %2 goes on on the processor, which takes longer",
                             nn::nameOf(device), std::filesystem::path(name).filename().string()));
            }
            return !device.is_cpu();
        };
        auto describer = orElsewhere([&] { return openOn(on); },
                                     [&] {
                                         on = at::kCPU;
                                         return leave();
                                     });
        if (!describer) {
            return describer.error();
        }
        if (!on.is_cpu()) {
            describer = movingDescriber(std::move(*describer), [openOn, leave]() -> std::unique_ptr<Describer> {
                auto other = openOn(at::kCPU);
                return other && leave() ? std::move(*other) : nullptr;
            });
        }
        std::unique_ptr<Impl> impl(new Impl{std::move(*describer), nullptr});
        if (impl->describer->facts().finds) {
            const bool half = on.is_cpu() && *dtype == at::kHalf;
            auto finding =
                ClipSegMethod::open(found->folder, {nn::nameOf(on), half ? "float32" : nn::nameOf(*dtype)}, tell);
            if (!finding) {
                return finding.error();
            }
            impl->finding = std::move(*finding);
        }
        return std::unique_ptr<GlobalLocal>(new GlobalLocal(std::move(impl)));
    });
}

const Facts& GlobalLocal::facts() const { return impl_->describer->facts(); }

Result<std::shared_ptr<SeenRegions>> GlobalLocal::look(std::shared_ptr<const Image> image, std::vector<Region> regions,
                                                       std::stop_token stop) {
    return guarded("encoding the picture", [&]() -> Result<std::shared_ptr<SeenRegions>> {
        if (!image || image->empty()) {
            return Error{ErrorKind::input, "the picture has no pixels", "open another picture"};
        }
        MASKWRIGHT_TRY(checkRegions(*image, regions));
        MASKWRIGHT_TRY(checkInputMemory(facts().bytesAlive, facts().side, facts().side));
        auto picture = impl_->describer->encode(std::move(image), stop);
        return std::shared_ptr<SeenRegions>(
            std::make_shared<Seen>(std::move(regions), std::move(picture), impl_.get()));
    });
}

Result<Features> GlobalLocal::global(SeenRegions& regions, const GlobalOptions& wanted, std::stop_token stop) {
    return guarded("describing the regions", [&]() -> Result<Features> {
        const auto seen = impl_->own(regions);
        if (!seen) {
            return seen.error();
        }
        const auto options = impl_->checked(wanted);
        if (!options) {
            return options.error();
        }
        const auto describe = [&](std::span<const Region> some) {
            return impl_->describer->global(*(*seen)->picture, some, options->silencing, options->blocks, stop);
        };
        std::vector<std::size_t> order(regions.regions().size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        return impl_->goOn((*seen)->globalWith(*options), regions.regions(), order, describe);
    });
}

Result<Features> GlobalLocal::local(SeenRegions& regions, std::stop_token stop) {
    return guarded("describing the regions", [&]() -> Result<Features> {
        const auto seen = impl_->own(regions);
        if (!seen) {
            return seen.error();
        }
        const auto describe = [&](std::span<const Region> some) {
            return impl_->describer->local(*(*seen)->picture, some, stop);
        };
        const std::vector<Region>& all = regions.regions();
        std::vector<std::int64_t> shapes;
        for (const Region& region : all) {
            shapes.push_back(impl_->describer->shapeOf(region));
        }
        std::vector<std::size_t> order(all.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return shapes[a] < shapes[b]; });
        return impl_->goOn((*seen)->local, all, order, describe);
    });
}

Result<TextFeatures> GlobalLocal::text(const std::string& text) {
    return guarded("encoding the phrase", [&]() -> Result<TextFeatures> {
        if (isBlank(text)) {
            return Error{ErrorKind::usage, "the expression is empty", "say which object is meant"};
        }
        if (const TextFeatures* known = impl_->texts.find([&](const std::string& key) { return key == text; })) {
            return *known;
        }
        const global_local::TextFeature found = impl_->describer->text(text);
        const auto values = impl_->featuresOf(found.values);
        if (!values) {
            return values.error();
        }
        const bool listed = !found.known || !found.unknown.empty();
        return impl_->texts.put(text, {*values, found.truncated, {listed, found.known, found.unknown, false}});
    });
}

Result<std::vector<float>> GlobalLocal::named(SeenRegions& regions, const std::string& nounPhrase,
                                              std::stop_token stop) {
    const auto seen = impl_->own(regions);
    if (!seen) {
        return seen.error();
    }
    if (!impl_->finding) {
        return std::vector<float>();
    }
    Prompt prompt;
    prompt.phrase = referring::placeWordsOf(nounPhrase).rest;
    auto& known = (*seen)->named;
    for (const auto& [phrase, values] : known) {
        if (phrase == prompt.phrase) {
            return values;
        }
    }
    if (!(*seen)->encoded) {
        auto encoded = impl_->finding->encode(*(*seen)->picture->image, {}, stop);
        if (!encoded) {
            return encoded.error();
        }
        (*seen)->encoded = std::move(*encoded);
    }
    const auto answer = impl_->finding->predict(*(*seen)->encoded, std::span(&prompt, 1), std::move(stop));
    if (!answer) {
        return answer.error();
    }
    std::vector<float> values;
    for (const Region& region : regions.regions()) {
        values.push_back(meanUnder(answer->maps.front(), region.mask));
    }
    known.emplace_back(prompt.phrase, values);
    return values;
}

Result<Compared> GlobalLocal::compare(SeenRegions& seen, const std::string& sentence, const std::string& nounPhrase,
                                      const GlobalOptions& options, std::stop_token stop) {
    const auto sentenceFeature = text(sentence), nounFeature = text(nounPhrase);
    for (const auto* one : {&sentenceFeature, &nounFeature}) {
        if (!*one) {
            return one->error();
        }
    }
    auto globalFeatures = global(seen, options, stop);
    if (!globalFeatures) {
        return globalFeatures.error();
    }
    auto localFeatures = local(seen, std::move(stop));
    if (!localFeatures) {
        return localFeatures.error();
    }
    return Compared{std::move(*globalFeatures), std::move(*localFeatures), sentenceFeature->values,
                    nounFeature->values,        facts().logitScale,        facts().normalisation};
}

}  // namespace maskwright::session
