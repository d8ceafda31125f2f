// Resizing with the reference's numbers.
#pragma once

#include "core/base/normalisation.h"
#include "core/image/image.h"

namespace maskwright {

// Pillow's filters under its numbers (Image.Resampling), which "resample" of a preprocessor file means.
enum class ResizeFilter { nearest = 0, lanczos = 1, bilinear = 2, bicubic = 3, box = 4, hamming = 5 };

// Pillow's Image.resize() on 8-bit RGB: antialiased but for nearest, 22-bit fixed-point coefficients, one pass a
// direction, rounding to 8 bits after each. Equal to Pillow 13, which takes the vertical pass first where the height
// shrinks much more than the width; Pillow 12 never does, so there values differ by at most 1 of 255. `window`: the
// part of the result that is made, within it. Empty for empty input.
Image resize(const Image& image, int width, int height, ResizeFilter filter, const Box& window);
Image resize(const Image& image, int width, int height, ResizeFilter filter);
Image resizeBilinearAntialiased(const Image& image, int width, int height);

// Half its size: means of squares of two pixels, halves rounded up; of an odd side the last pixel is left out.
// Empty for empty input.
Image halved(const Image& image);

// (pixel / 255 - mean) / std a channel. ImageNet's numbers for CLIPSeg (timojl/clipseg Quickstart.ipynb).
inline constexpr std::array<float, 3> kImageNetMean = normalisation::inFloats(normalisation::kImageNetMean);
inline constexpr std::array<float, 3> kImageNetStd = normalisation::inFloats(normalisation::kImageNetDeviation);
Planar normalize(const Image& image, const std::array<float, 3>& mean, const std::array<float, 3>& std);

// Bilinear, half-pixel centres, no antialiasing, edges clamped (torch's align_corners=False).
Heatmap resizeBilinear(const Heatmap& map, int width, int height);

}  // namespace maskwright
