#include "core/proposals/classical.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/stopwatch.h"
#include "core/image/resize.h"
#include "core/proposals/edge_boxes.h"
#include "core/proposals/segments.h"
#include "core/proposals/soft_mask.h"

namespace maskwright::proposals {
namespace {

constexpr double kSigma = 0.8;  // Felzenszwalb and Huttenlocher's smoothing
// Coarse and fine pieces together find more than either (Uijlings et al., section 3.3).
constexpr std::array<double, 3> kScales = {60, 180, 500};
constexpr double kSmallestPiece = 0.0005, kSmallestRegion = 0.0015, kLargestRegion = 0.9;  // of the picture

// A region of the small picture.
struct Region {
    std::vector<std::int32_t> pieces;
    Box box;
    std::int64_t area = 0;
    double objectness = 0;
};

struct Pieces {
    Segments segments;
    std::vector<Region> regions;  // the pieces, then the joins
};

Box aroundBoth(const Box& a, const Box& b) {
    const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

Pieces regionsOf(const Lab& lab, double k, const std::stop_token& stop) {
    const int smallest = std::max(8, int(kSmallestPiece * lab.width * lab.height));
    Pieces made{segmentsOf(lab, k, smallest), {}};
    made.regions.resize(std::size_t(made.segments.count));
    for (int y = 0; y < lab.height; ++y) {
        for (int x = 0; x < lab.width; ++x) {
            const std::int32_t label = made.segments.labels.at(x, y);
            Region& region = made.regions[std::size_t(label)];
            region.box = region.area == 0 ? Box{x, y, 1, 1} : aroundBoth(region.box, {x, y, 1, 1});
            ++region.area;
            region.pieces = {label};
        }
    }
    for (const Join& join : joined(lab, made.segments, stop)) {
        const Region &a = made.regions[std::size_t(join.first)], &b = made.regions[std::size_t(join.second)];
        Region both{a.pieces, aroundBoth(a.box, b.box), a.area + b.area, 0};
        both.pieces.insert(both.pieces.end(), b.pieces.begin(), b.pieces.end());
        made.regions.push_back(std::move(both));
    }
    return made;
}

// 1 where the region is.
Heatmap maskOf(const Pieces& pieces, const Region& region) {
    std::vector<char> in(std::size_t(pieces.segments.count), 0);
    for (const std::int32_t piece : region.pieces) {
        in[std::size_t(piece)] = 1;
    }
    const Plane<std::int32_t>& labels = pieces.segments.labels;
    Heatmap mask(labels.width, labels.height);
    for (int y = region.box.y; y < region.box.y + region.box.height; ++y) {
        for (int x = region.box.x; x < region.box.x + region.box.width; ++x) {
            mask.at(x, y) = in[std::size_t(labels.at(x, y))] != 0 ? 1.0f : 0.0f;
        }
    }
    return mask;
}

// How steep the picture is along the region's outline; the picture's frame counts as flat.
double outlineOf(const Heatmap& mask, const Box& box, const Heatmap& steepness) {
    double sum = 0;
    std::int64_t count = 0;
    for (int y = box.y; y < box.y + box.height; ++y) {
        for (int x = box.x; x < box.x + box.width; ++x) {
            if (mask.at(x, y) == 0) {
                continue;
            }
            const bool frame = x == 0 || y == 0 || x + 1 == mask.width || y + 1 == mask.height;
            if (frame) {
                ++count;
            } else if (mask.at(x - 1, y) == 0 || mask.at(x + 1, y) == 0 || mask.at(x, y - 1) == 0 ||
                       mask.at(x, y + 1) == 0) {
                sum += double(steepness.at(x, y));
                ++count;
            }
        }
    }
    return count > 0 ? sum / double(count) : 0;
}

class Classical final : public Source {
  public:
    explicit Classical(ClassicalOptions options) : options_(options) {}

    [[nodiscard]] About about() const override {
        return {"classical", "pieces of like colour, joined, and ranked by their contours", "no weights"};
    }

    Result<Found> propose(const Image& picture, std::stop_token stop) override {
        const Stopwatch watch;
        if (picture.empty()) {
            return Error{ErrorKind::input, "the picture has no pixels", "open another picture"};
        }
        const double scale = std::min(1.0, double(options_.side) / std::max(picture.width, picture.height));
        const int width = std::max(1, int(std::lround(picture.width * scale)));
        const int height = std::max(1, int(std::lround(picture.height * scale)));
        const Lab lab = labOf(resizeBilinearAntialiased(picture, width, height), kSigma);
        const EdgeBoxes edges(lab);
        std::vector<Proposal> small;
        for (const double k : kScales) {
            if (stop.stop_requested()) {
                return Error{ErrorKind::cancelled, "looking for proposals was stopped", ""};
            }
            add(regionsOf(lab, k * scaleOf(lab), stop), edges, small);
        }
        if (stop.stop_requested()) {
            return Error{ErrorKind::cancelled, "looking for proposals was stopped", ""};
        }
        Found found;
        found.before = small.size();
        for (const Proposal& one : ranked(std::move(small), options_.limits)) {
            found.proposals.push_back(enlarged(one, picture.width, picture.height));
        }
        found.proposals = ranked(std::move(found.proposals), {1, 0});
        found.milliseconds = watch.milliseconds();
        return found;
    }

  private:
    // k is meant for pictures of 320 pixels.
    static double scaleOf(const Lab& lab) { return std::max(lab.width, lab.height) / 320.0; }

    static void add(const Pieces& pieces, const EdgeBoxes& edges, std::vector<Proposal>& to) {
        const Plane<std::int32_t>& labels = pieces.segments.labels;
        const double whole = double(labels.width) * labels.height;
        for (const Region& region : pieces.regions) {
            const double share = double(region.area) / whole;
            if (share < kSmallestRegion || share > kLargestRegion) {
                continue;
            }
            const Heatmap mask = maskOf(pieces, region);
            const double contours = edges.score(region.box);
            const double outline = outlineOf(mask, region.box, edges.steepness());
            // Most regions are small and few small ones are things.
            const double objectness =
                std::sqrt(contours / (contours + kUsualScore) * outline) * std::pow(share, kForSize);
            to.push_back(proposalOf(runsAbove(mask, 0.5f, labels.width, labels.height, region.box), float(objectness)));
        }
    }

    // A small picture's region at the picture's size, its stairs smoothed.
    static Proposal enlarged(const Proposal& small, int width, int height) {
        if (small.runs.width == width && small.runs.height == height) {
            return small;
        }
        const Mask mask = toMask(small.runs);
        Heatmap soft(mask.width, mask.height);
        std::transform(mask.pixels.begin(), mask.pixels.end(), soft.pixels.begin(),
                       [](std::uint8_t value) { return value != 0 ? 1.0f : 0.0f; });
        const double wide = double(width) / mask.width, high = double(height) / mask.height;
        const Box& box = small.box;
        const Box window{int((box.x - 1) * wide), int((box.y - 1) * high), int((box.width + 2) * wide) + 2,
                         int((box.height + 2) * high) + 2};
        return proposalOf(runsAbove(soft, 0.5f, width, height, window), small.objectness);
    }

    static constexpr double kForSize =
        0.25;  // the first 100 hold 43 % of the objects of 14 of val's photographs, with 0 35 %
    static constexpr double kUsualScore = 0.1;  // EdgeBoxes' of a middling box, where the answer is a half
    ClassicalOptions options_;
};

}  // namespace

std::unique_ptr<Source> classical(ClassicalOptions options) { return std::make_unique<Classical>(options); }

}  // namespace maskwright::proposals
