// Resizing of float rows with antialiasing, one source row at a time: a picture of any size needs no second copy.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/image/image.h"

namespace maskwright {

// Fills a source row of width * channels numbers, interleaved; false where all of them are 0, so that it costs nothing.
using RowSource = std::function<bool(int y, std::span<float> row)>;

// Bilinear with antialiasing, half-pixel centres, edges cut off and what is left weighed anew: torch's and
// torchvision's resize with antialias=True, in float32, rows first. -> [channels, toHeight, toWidth]. Empty where a
// side is not positive.
std::vector<float> resizeAntialiased(int width, int height, int channels, int toWidth, int toHeight,
                                     const RowSource& source);

// (pixel / 255 - mean) / deviation, then resized.
Planar resizeNormalized(const Image& image, const std::array<float, 3>& mean, const std::array<float, 3>& deviation,
                        int toWidth, int toHeight);

// The same of what `box` (within the picture) cuts out; pixels outside the mask (of the box's size) are `fill`,
// which is in normalised values.
Planar resizeCutOut(const Image& image, const Mask& mask, const Box& box, const std::array<float, 3>& fill,
                    const std::array<float, 3>& mean, const std::array<float, 3>& deviation, int toWidth, int toHeight);

// The share of each cell that is inside, 0..1.
Heatmap resizeAntialiased(const Mask& mask, int toWidth, int toHeight);

}  // namespace maskwright
