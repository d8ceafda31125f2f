// The pixels of one mask against the truth, at many thresholds at once. A pixel is in a mask where its probability is
// greater than the threshold (strict), as in FixedIntervalMetrics of timojl/clipseg metrics.py.
#pragma once

#include <cstdint>
#include <vector>

#include "core/image/image.h"

namespace maskwright::metrics {

inline constexpr std::size_t kThresholds = 49;  // 0.02, 0.04, ..., 0.98
inline constexpr double kPhantomArea = 0.003;   // of the picture: an absent phrase's mask larger than this is a phantom
[[nodiscard]] double thresholdAt(std::size_t index);
// The threshold of the fixed list nearest to `value`.
[[nodiscard]] std::size_t nearestThreshold(double value);

// `hit` and `extra`: pixels of a mask inside and outside the truth, which has `truth` of them; 0 where both are empty.
[[nodiscard]] double iou(std::int64_t hit, std::int64_t extra, std::int64_t truth);
// Whether a mask of an absent phrase, `extra` of `pixels`, is a phantom.
[[nodiscard]] bool isPhantom(std::int64_t extra, std::int64_t pixels);

// One phrase asked of one picture: pixel counts at the fixed thresholds, then at those asked for besides.
struct Counts {
    std::vector<std::int64_t> hit, extra;
    std::int64_t truth = 0, pixels = 0;

    [[nodiscard]] double iouAt(std::size_t t) const { return iou(hit[t], extra[t], truth); }
    [[nodiscard]] bool phantomAt(std::size_t t) const { return isPhantom(extra[t], pixels); }
};
// `probability` and `truth` have one size; `truth` empty: the phrase is absent.
Counts count(const Heatmap& probability, const Mask& truth, const std::vector<double>& besides = {});

}  // namespace maskwright::metrics
