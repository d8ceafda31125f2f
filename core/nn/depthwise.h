// Depthwise convolution with bias and ReLU6 in one pass over channels-last memory, forward and backward. LibTorch's own
// backward pass of dilated depthwise kernels takes 20 times as long on a CPU, which is most of a training step.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace maskwright::nn {

// x: [B, H, W, C] float32 contiguous on the CPU; weight [C, 1, k, k]; bias [C] -> min(max(conv + bias, 0), 6):
// [B, h, w, C], with TensorFlow's "same" padding. Differentiable.
at::Tensor depthwiseRelu6(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, std::int64_t stride,
                          std::int64_t dilation);

}  // namespace maskwright::nn
