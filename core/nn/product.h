// Products of two tensors, neither of which is a layer's weight.
#pragma once

#include <ATen/core/Tensor.h>

namespace maskwright::nn {

// As at::matmul, for two sides or more; by oneDNN where nothing is recorded for a backward pass.
at::Tensor matmul(const at::Tensor& a, const at::Tensor& b);

}  // namespace maskwright::nn
