// A matrix product with bias and ReLU6, whose backward pass keeps nothing but its input and its result.
#pragma once

#include <ATen/core/Tensor.h>

namespace maskwright::nn {

// x: [..., I], weight [O, I], bias [O] -> min(max(x W^T + b, 0), 6), or without the clamp; matrix products in bfloat16
// where asked (float32 in and out). Differentiable.
at::Tensor linearRelu6(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool clamp,
                       bool bfloat16);

}  // namespace maskwright::nn
