// A map cut into windows, and put together again. Internal to core/vision.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace maskwright::vision {

// x: [B, H, W, C] -> [B * windows, side * side, C], windows by rows; zeros on the right and at the bottom where `side`
// does not divide H or W.
at::Tensor windows(const at::Tensor& x, std::int64_t side);
// The inverse -> [B, height, width, C].
at::Tensor fromWindows(const at::Tensor& cut, std::int64_t side, std::int64_t height, std::int64_t width);

}  // namespace maskwright::vision
