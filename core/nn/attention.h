// Scaled dot-product attention: the one place where LibTorch 1.13 and 2.x differ.
#pragma once

#include <ATen/core/Tensor.h>

namespace maskwright::nn {

// q, k, v: [B, heads, T, d]; mask: undefined or additive, broadcast to [B, heads, T, T]. -> [B, heads, T, d].
// Scale 1 / sqrt(d).
at::Tensor attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask,
                     bool causal);

}  // namespace maskwright::nn
