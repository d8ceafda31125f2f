// The few layers both papers are made of, as functions over a weight scope. Tensors are row-major; B batch, T tokens, C
// channels. Everything here throws c10::Error on a shape that does not fit, and can be differentiated where the scope's
// layers are not packed (nn/packed.h). `after` is what is done to the result, `residual` what is added to that: a
// packed layer does both as it writes.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "core/nn/activation.h"
#include "core/nn/params.h"

namespace maskwright::nn {

// x: [..., I] -> [..., O]; weight [O, I], bias [O] where there is one.
at::Tensor linear(const Params& p, const at::Tensor& x, Activation after = Activation::none,
                  const at::Tensor& residual = {});
// x: [..., C]; weight and bias [C].
at::Tensor layerNorm(const Params& p, const at::Tensor& x, double eps);
// x: [B, C, H, W]; weight [O, C / groups, k, k], bias [O]; padding explicit.
at::Tensor conv2d(const Params& p, const at::Tensor& x, std::int64_t stride = 1, std::int64_t padding = 0,
                  std::int64_t dilation = 1, std::int64_t groups = 1, Activation after = Activation::none,
                  const at::Tensor& residual = {});
// The same with TensorFlow's "same" padding: output side = ceil(side / stride), the odd pixel on the right and bottom.
at::Tensor conv2dSame(const Params& p, const at::Tensor& x, std::int64_t stride, std::int64_t dilation,
                      std::int64_t groups, Activation after = Activation::none);
// Side of the kernel of a layer of conv2d() or expandPixels().
std::int64_t kernelOf(const Params& p);

// Transposed convolution whose kernel is its stride s. x: [B, I, H, W]; weight [I, O, s, s], bias [O] -> [B, O, s * H,
// s * W]. Output pixels do not overlap, so it is one matrix product; LibTorch 1.13's own fails in bfloat16 on the CPU.
at::Tensor expandPixels(const Params& p, const at::Tensor& x);

// What attention looks with, for, and takes of every token, by its heads: [B, heads, T, C / heads] each. p has q_proj,
// k_proj and v_proj, packed together or not.
struct QueryKeyValue {
    at::Tensor query, key, value;
};
QueryKeyValue queryKeyValue(const Params& p, const at::Tensor& x, std::int64_t heads);

// Multi-head self attention with q_proj, k_proj, v_proj, out_proj. x: [B, T, C]. `mask`: undefined, or additive,
// broadcast to [B, heads, T, T]. `causal`: a token sees itself and those before it.
at::Tensor selfAttention(const Params& p, const at::Tensor& x, std::int64_t heads, bool causal = false,
                         const at::Tensor& mask = {}, const at::Tensor& factor = {}, const at::Tensor& residual = {});

// fc1, activation, fc2.
at::Tensor mlp(const Params& p, const at::Tensor& x, Activation activation, const at::Tensor& residual = {});

// Pre-norm residual block of CLIP's towers (layer_norm1, self_attn, layer_norm2, mlp).
at::Tensor preNormBlock(const Params& p, const at::Tensor& x, std::int64_t heads, Activation activation, double eps,
                        bool causal = false, const at::Tensor& mask = {}, const at::Tensor& factor = {});
// Post-norm residual block of CLIPSeg's decoder (timojl/clipseg models/clipseg.py: PyTorch's TransformerEncoderLayer).
at::Tensor postNormBlock(const Params& p, const at::Tensor& x, std::int64_t heads, Activation activation, double eps);

}  // namespace maskwright::nn
