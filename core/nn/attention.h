// Scaled dot-product attention: the one place where LibTorch 1.13 and 2.x differ.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace maskwright::nn {

// q, k, v: [B, heads, T, d]; mask: undefined or additive, broadcast to [B, heads, T, T]. -> [B, heads, T, d].
// Scale 1 / sqrt(d). Queries may be of another number than keys, and values of another width; k and v may be one for
// all of the batch.
at::Tensor attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask,
                     bool causal);

// The same from plain matrix products, `rows` queries at a time (0: all at once): what LibTorch 1.13 runs, and how its
// memory stays bounded when the score matrix of a large input would not fit.
at::Tensor plainAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask,
                          bool causal, std::int64_t rows = 0);

// Numbers of scores that attention() holds at once for `heads` heads of all its batch; an upper bound.
double scoresAlive(double heads, double tokens);

// The same without mask, every score multiplied by `factor` (broadcast to [B, heads, T, T]) before the softmax: the way
// timojl/clipseg hides tokens inside CLIP (models/clipseg.py, forward_multihead_attention).
at::Tensor weightedAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& factor);

}  // namespace maskwright::nn
