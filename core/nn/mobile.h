// The convolutions that mobile networks are made of, each behind one function whichever kernel computes it: LibTorch's,
// which infers fastest, or our own, whose backward pass does. Maps are [B, C, H, W]; weights as nn/layers.h has them.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "core/nn/params.h"

namespace maskwright::nn {

// How the convolutions below are computed. The numbers are the same up to rounding.
struct Arithmetic {
    // Our own kernels, over channels-last memory, where maps are float32 on the CPU; LibTorch's everywhere else.
    bool own = false;
    bool bfloat16 = false;  // our own 1x1 convolutions multiply in it (float32 in and out)
};
// What training computes with.
inline Arithmetic trainingArithmetic(bool bfloat16) { return {true, bfloat16}; }

// The map in the memory order its kernels read: channels-last for our own, for LibTorch's as it is.
at::Tensor arranged(const at::Tensor& map, const Arithmetic& arithmetic);

enum class Clamp { none, relu6 };
// 1x1 convolution; `residual`: added last, or undefined.
at::Tensor pointwise(const Params& p, const at::Tensor& x, Clamp clamp, const Arithmetic& arithmetic,
                     const at::Tensor& residual = {});
// A kernel a channel, TensorFlow's "same" padding, ReLU6.
at::Tensor depthwise(const Params& p, const at::Tensor& x, std::int64_t stride, std::int64_t dilation,
                     const Arithmetic& arithmetic);

}  // namespace maskwright::nn
