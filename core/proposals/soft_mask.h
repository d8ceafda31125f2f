// From a coarse map of probabilities to runs of the picture's size.
#pragma once

#include "core/image/image.h"
#include "core/image/runs.h"

namespace maskwright::proposals {

// Where `map`, stretched over a picture of width x height (bilinear, half-pixel centres, edges clamped), is greater
// than `threshold`, within `window` (pixels of the picture; cut at its edges). Time goes by the window's area, memory
// by the answer's.
Runs runsAbove(const Heatmap& map, float threshold, int width, int height, const Box& window);

}  // namespace maskwright::proposals
