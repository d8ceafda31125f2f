// Depthwise convolution with bias and ReLU6 in one pass over channels-last memory, forward and backward. LibTorch's own
// backward pass of dilated depthwise kernels takes 20 times as long on a CPU, which is most of a training step.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace maskwright::train {

struct DepthwiseShape {
    std::int64_t batch, height, width, channels;  // of the input
    std::int64_t kernel, stride, dilation;        // TensorFlow's "same" padding
    [[nodiscard]] std::int64_t outHeight() const { return (height + stride - 1) / stride; }
    [[nodiscard]] std::int64_t outWidth() const { return (width + stride - 1) / stride; }
};

// x: [B, H, W, C] float32 contiguous; weight [C, 1, k, k]; bias [C] -> min(max(conv + bias, 0), 6): [B, h, w, C].
// Differentiable.
at::Tensor depthwiseRelu6(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, std::int64_t stride,
                          std::int64_t dilation);

// x: [..., I], weight [O, I] -> min(max(x W^T + b, 0), 6), or without the clamp; matrix products in bfloat16 where
// asked (float32 in and out). Differentiable.
at::Tensor linearRelu6(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool clamp,
                       bool bfloat16);

}  // namespace maskwright::train
