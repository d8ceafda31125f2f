// Pictures as a network's input.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/image/image.h"

namespace maskwright::train {

// [1, 3, side, side] float32 on the CPU: stretched to a square (equal to Pillow's bilinear), normalised with ImageNet's
// mean and deviation.
at::Tensor pixelsOf(const Image& image, std::int64_t side);

}  // namespace maskwright::train
