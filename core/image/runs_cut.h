// Looking into runs without drawing the whole of them: a picture of twelve megapixels may have hundreds.
#pragma once

#include "core/image/image.h"
#include "core/image/runs.h"

namespace maskwright {

// Tight box round what is inside; empty when nothing is.
Box boundingBox(const Runs& runs);

// What lies in `box`, which is within the picture: 255 inside, 0 outside, of [ceil(width / step), ceil(height / step)]
// pixels. Of each square of `step` pixels its middle one counts, at the far edges the last that there is.
Mask cutOut(const Runs& runs, const Box& box, int step = 1);

// The share of each cell that is inside, 0..1, as resizeAntialiased() of the mask has it, to the number.
Heatmap resizeAntialiased(const Runs& runs, int toWidth, int toHeight);

}  // namespace maskwright
