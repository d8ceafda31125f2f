#include "core/segmenters/sam_generator.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/image/refine.h"
#include "core/image/resize.h"
#include "core/image/runs_cut.h"
#include "core/segmenters/small_regions.h"
#include "core/segmenters/stretched.h"
#include "core/vision/output.h"

namespace maskwright::segmenters {

namespace {

constexpr double kFloatsTogether = 32e6;  // alive at once in a batch of points, 128 MB; more together are no faster

struct Size {
    int width, height;
};

// ResizeLongestSide.get_preprocess_shape (utils/transforms.py).
Size sizeInside(const SamConfig& config, const Image& picture) {
    const double scale = double(config.longest) / std::max(picture.width, picture.height);
    const auto side = [&](int length) { return std::max(1, int(double(length) * scale + 0.5)); };
    return {side(picture.width), side(picture.height)};
}

// [side * side, 2] in pixels of the encoder's input, by rows.
at::Tensor pointGrid(int side, const Size& size) {
    at::Tensor points = at::empty({std::int64_t(side) * side, 2}, at::kFloat);
    float* to = points.data_ptr<float>();
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            *to++ = float((x + 0.5) / side * size.width);
            *to++ = float((y + 0.5) / side * size.height);
        }
    }
    return points;
}

double overlapOf(const Box& a, const Box& b) {
    const auto area = [](const Box& box) { return double(box.width - 1) * double(box.height - 1); };
    const double wide = double(std::min(a.x + a.width, b.x + b.width) - 1 - std::max(a.x, b.x));
    const double high = double(std::min(a.y + a.height, b.y + b.height) - 1 - std::max(a.y, b.y));
    const double both = std::max(0.0, wide) * std::max(0.0, high);
    return both / (area(a) + area(b) - both);  // nothing by nothing is above no limit
}

class Generator {
  public:
    Generator(const SamNetwork& network, const Image& picture, const SamOptions& options)
        : network_(network),
          options_(options),
          size_(sizeInside(network.config(), picture)),
          stretch_(4 * int(network.config().grid()), taps(size_.height, picture.height),
                   taps(size_.width, picture.width)) {}

    void ask(const SamPicture& seen, const at::Tensor& points, std::vector<SamMask>& into) const {
        const SamAnswer answer = network_.ask(seen, points);
        const at::Tensor iou = answer.iou.to(at::kCPU, at::kFloat).contiguous();
        for (std::int64_t point = 0; point < points.size(0); ++point) {
            const at::Tensor good = (iou.select(0, point) > options_.iou).nonzero().flatten();
            if (good.numel() == 0) {
                continue;
            }
            const at::Tensor maps = network_.masks(answer, point, good).to(at::kCPU, at::kFloat).contiguous();
            for (std::int64_t i = 0; i < good.numel(); ++i) {
                const at::Tensor map = maps.select(0, i);
                Cut cut = stretch_.cut({map.data_ptr<float>(), std::size_t(map.numel())}, options_.offset);
                if (cut.area > 0 && cut.stability > options_.stability) {
                    const Box box = boundingBox(cut.runs);
                    into.push_back({std::move(cut.runs), box, cut.area,
                                    iou.select(0, point)[good[i].item<std::int64_t>()].item<float>(), cut.stability});
                }
            }
        }
    }

    [[nodiscard]] const Size& size() const { return size_; }

  private:
    [[nodiscard]] std::vector<Taps> taps(int inside, int whole) const {
        const SamConfig& config = network_.config();
        return tapsAlong(4 * int(config.grid()), int(config.imageSize), inside, whole);
    }

    const SamNetwork& network_;
    const SamOptions& options_;
    Size size_;
    Stretch stretch_;
};

std::vector<SamMask> kept(std::vector<SamMask> masks, const std::vector<float>& scores, double overlap) {
    std::vector<Box> boxes;
    std::transform(masks.begin(), masks.end(), std::back_inserter(boxes), [](const SamMask& one) { return one.box; });
    std::vector<SamMask> some;
    for (const std::size_t i : keptBoxes(boxes, scores, overlap)) {
        some.push_back(std::move(masks[i]));
    }
    return some;
}

std::vector<float> iouOf(const std::vector<SamMask>& masks) {
    std::vector<float> scores;
    std::transform(masks.begin(), masks.end(), std::back_inserter(scores), [](const SamMask& one) { return one.iou; });
    return scores;
}

// postprocess_small_regions: of masks that lie over each other once they are clean, those stay that were clean before.
std::vector<SamMask> cleaned(std::vector<SamMask> masks, const SamOptions& options) {
    std::vector<float> untouched;
    for (SamMask& one : masks) {
        Mask mask = toMask(one.runs);
        const bool changed = withoutSmallRegions(mask, options.smallest);
        if (changed) {
            one.runs = runsFromMask(mask);
            one.box = boundingBox(mask);
            one.area = area(mask);
        }
        untouched.push_back(changed ? 0.0F : 1.0F);
    }
    masks = kept(std::move(masks), untouched, options.overlap);
    std::stable_sort(masks.begin(), masks.end(), [](const SamMask& a, const SamMask& b) { return a.iou > b.iou; });
    return masks;
}

}  // namespace

std::vector<std::size_t> keptBoxes(std::span<const Box> boxes, std::span<const float> scores, double overlap) {
    std::vector<std::size_t> order(boxes.size()), stay;
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    for (const std::size_t candidate : order) {
        const bool hidden = std::any_of(stay.begin(), stay.end(), [&](std::size_t better) {
            return overlapOf(boxes[better], boxes[candidate]) > overlap;
        });
        if (!hidden) {
            stay.push_back(candidate);
        }
    }
    return stay;
}

at::Tensor samPixels(const SamConfig& config, const Image& picture) {
    const Size size = sizeInside(config, picture);
    Planar inside =
        normalize(resizeBilinearAntialiased(picture, size.width, size.height), config.mean, config.deviation);
    at::Tensor pixels = at::zeros({1, 3, config.imageSize, config.imageSize}, at::kFloat);
    pixels.slice(2, 0, size.height)
        .slice(3, 0, size.width)
        .copy_(at::from_blob(inside.values.data(), {1, 3, size.height, size.width}, at::kFloat));
    return pixels;
}

SamFound generate(const SamNetwork& network, const Image& picture, const SamOptions& options,
                  const std::stop_token& stop, SamBegun& begun) {
    const at::Tensor pixels = samPixels(network.config(), picture);
    const bool same = begun.pixels.defined() && begun.width == picture.width && begun.height == picture.height &&
                      at::equal(begun.pixels, pixels);
    if (!same) {
        begun = {pixels, picture.width, picture.height, {}, {}, 0, {}};
    }
    if (!begun.seen) {
        begun.seen = network.prepared(network.embed(pixels, stop, &begun.encoder));
        begun.encoder = {};
    }
    const Generator generator(network, picture, options);
    const at::Tensor points = pointGrid(options.side, generator.size());
    const auto together = std::max<std::int64_t>(1, std::int64_t(kFloatsTogether / network.floatsPerPoint()));
    while (begun.points < points.size(0)) {
        const std::int64_t end = std::min(begun.points + together, points.size(0));
        generator.ask(*begun.seen, points.slice(0, begun.points, end), begun.masks);
        begun.points = end;
        if (end < points.size(0) && stop.stop_requested()) {
            throw vision::Stopped{};
        }
    }
    SamFound found{std::move(begun.masks), std::size_t(points.size(0) * network.config().decoder.masks)};
    begun = {};
    const std::vector<float> scores = iouOf(found.masks);
    found.masks = kept(std::move(found.masks), scores, options.overlap);
    if (options.smallest > 0) {
        found.masks = cleaned(std::move(found.masks), options);
    }
    return found;
}

}  // namespace maskwright::segmenters
