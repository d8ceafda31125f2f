// Attention of many tokens without their score matrix: the scores of a few queries lie in the first-level cache from
// the first product to the last. Internal to core/nn; attention.h says when it is used.
#pragma once

#include <ATen/core/Tensor.h>

namespace maskwright::nn {

// Whether this processor has a kernel for them: float32 with AVX2 or AVX-512, bfloat16 with AVX512_BF16 (not where
// there is AMX, by which oneDNN multiplies faster). As ONEDNN_MAX_CPU_ISA says, like all products. q: [B, h, T, d]; k,
// v: [B or 1, h, S, d]; of one type, on the CPU, nothing recorded, d a multiple of 16.
bool fuses(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v);

// softmax(q k' / sqrt(d)) v for what fuses() takes. out: [B, h, T, d] of q's type, its last side contiguous.
void fusedAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& out);

}  // namespace maskwright::nn
