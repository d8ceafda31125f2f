#include "core/nn/attention.h"

#include <ATen/ATen.h>
#include <torch/version.h>

#include <cmath>
#include <limits>

namespace maskwright::nn {

at::Tensor attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask,
                     bool causal) {
#if TORCH_VERSION_MAJOR >= 2
    const std::optional<at::Tensor> bias =
        mask.defined() ? std::optional<at::Tensor>(mask.to(q.scalar_type())) : std::nullopt;
    return at::scaled_dot_product_attention(q, k, v, bias, 0.0, causal);
#else
    // q, k, v: [B, h, T, d]
    const double scale = 1.0 / std::sqrt(static_cast<double>(q.size(-1)));
    at::Tensor scores = at::matmul(q * scale, k.transpose(-2, -1));  // [B, h, T, T]
    if (causal) {
        const at::Tensor later = at::ones({q.size(-2), k.size(-2)}, q.options().dtype(at::kBool)).triu(1);
        scores = scores.masked_fill(later, -std::numeric_limits<double>::infinity());
    }
    if (mask.defined()) {
        scores = scores + mask.to(scores.scalar_type());
    }
    return at::matmul(at::softmax(scores, -1), v);
#endif
}

}  // namespace maskwright::nn
