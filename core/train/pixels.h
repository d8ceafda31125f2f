// Pictures as a network's input.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/clip/preprocessing.h"
#include "core/clipseg/config.h"
#include "core/image/image.h"

namespace maskwright::train {

// [1, 3, height, width] float32 on the CPU: stretched to it (equal to Pillow's bilinear), normalised.
at::Tensor pixelsOf(const Image& image, std::int64_t width, std::int64_t height,
                    const clip::Preprocessing& preprocessing = {});

// The same as a model will be asked: a square of its input size, or with keep_aspect the picture's own shape, its
// longer side as long.
at::Tensor pixelsAsAsked(const Image& image, const clipseg::Config& config, const clip::Preprocessing& preprocessing);

}  // namespace maskwright::train
