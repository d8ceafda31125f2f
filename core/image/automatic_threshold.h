// How a map's probabilities are spread, and a threshold read off them. Pure; any thread.
#pragma once

#include <array>
#include <cstdint>

#include "core/image/image.h"

namespace maskwright {

// Pixels by their probability, 256 equal steps from 0 to 1.
using Histogram = std::array<std::uint64_t, 256>;
Histogram histogram(const Heatmap& map);

// The threshold that parts the histogram into two classes of the greatest variance between them (Otsu, "A threshold
// selection method from gray-level histograms", 1979), but never below half of `usual`, the model's own: where there is
// nothing to find, noise is not split into inside and outside.
double automaticThreshold(const Histogram& histogram, double usual);

}  // namespace maskwright
