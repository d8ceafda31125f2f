#include "core/metrics/counts.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace maskwright::metrics {
namespace {

// How many of the fixed thresholds `p` is above: they are the first so many.
std::size_t passed(float p) {
    static const std::array<float, kThresholds> kEdges = [] {
        std::array<float, kThresholds> edges{};
        for (std::size_t t = 0; t < kThresholds; ++t) {
            edges[t] = static_cast<float>(thresholdAt(t));
        }
        return edges;
    }();
    auto bin = static_cast<std::size_t>(std::clamp(p * 50.0f - 1.0f, 0.0f, static_cast<float>(kThresholds)));
    while (bin > 0 && !(p > kEdges[bin - 1])) {
        --bin;
    }
    while (bin < kThresholds && p > kEdges[bin]) {
        ++bin;
    }
    return bin;
}

}  // namespace

double thresholdAt(std::size_t index) { return static_cast<double>(index + 1) / 50.0; }

std::size_t nearestThreshold(double value) {
    return static_cast<std::size_t>(std::clamp(std::lround(value * 50.0) - 1, 0L, static_cast<long>(kThresholds) - 1));
}

double iou(std::int64_t hit, std::int64_t extra, std::int64_t truth) {
    const std::int64_t together = truth + extra;
    return together > 0 ? static_cast<double>(hit) / static_cast<double>(together) : 0.0;
}

bool isPhantom(std::int64_t extra, std::int64_t pixels) {
    return static_cast<double>(extra) > kPhantomArea * static_cast<double>(pixels);
}

Counts count(const Heatmap& probability, const Mask& truth, const std::vector<double>& besides) {
    std::array<std::int64_t, kThresholds + 1> inside{}, outside{};
    Counts counts;
    counts.hit.resize(kThresholds + besides.size());
    counts.extra.resize(kThresholds + besides.size());
    counts.pixels = static_cast<std::int64_t>(probability.pixels.size());
    for (std::size_t i = 0; i < probability.pixels.size(); ++i) {
        const bool in = !truth.empty() && truth.pixels[i] != 0;
        ++(in ? inside : outside)[passed(probability.pixels[i])];
        counts.truth += in ? 1 : 0;
    }
    std::int64_t hit = 0, extra = 0;
    for (std::size_t t = kThresholds; t > 0; --t) {
        hit += inside[t];
        extra += outside[t];
        counts.hit[t - 1] = hit;
        counts.extra[t - 1] = extra;
    }
    for (std::size_t k = 0; k < besides.size(); ++k) {
        const auto edge = static_cast<float>(besides[k]);
        for (std::size_t i = 0; i < probability.pixels.size(); ++i) {
            if (probability.pixels[i] > edge) {
                const bool in = !truth.empty() && truth.pixels[i] != 0;
                ++(in ? counts.hit : counts.extra)[kThresholds + k];
            }
        }
    }
    return counts;
}

}  // namespace maskwright::metrics
