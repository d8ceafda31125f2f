#include "core/image/automatic_threshold.h"

#include <algorithm>

namespace maskwright {

Histogram histogram(const Heatmap& map) {
    Histogram counts{};
    for (const float p : map.pixels) {
        counts[static_cast<std::size_t>(std::clamp(p * 256.0f, 0.0f, 255.0f))] += 1;
    }
    return counts;
}

double automaticThreshold(const Histogram& counts, double usual) {
    double pixels = 0, sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        pixels += static_cast<double>(counts[i]);
        sum += static_cast<double>(counts[i]) * (static_cast<double>(i) + 0.5);
    }
    double below = 0, sumBelow = 0, most = 0;
    std::size_t first = 0, last = 0;  // of a plateau: between two classes far apart every step is as good
    for (std::size_t i = 0; i + 1 < counts.size(); ++i) {
        below += static_cast<double>(counts[i]);
        sumBelow += static_cast<double>(counts[i]) * (static_cast<double>(i) + 0.5);
        if (below <= 0 || below >= pixels) {
            continue;
        }
        const double apart = sumBelow / below - (sum - sumBelow) / (pixels - below);
        const double variance = below * (pixels - below) * apart * apart;
        if (variance > most * (1 + 1e-12)) {
            most = variance;
            first = i;
        }
        if (variance >= most * (1 - 1e-12)) {
            last = i;
        }
    }
    const double otsu = most > 0 ? (static_cast<double>(first + last) / 2 + 1) / 256 : usual;
    return std::max(otsu, usual / 2);
}

}  // namespace maskwright
