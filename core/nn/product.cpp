#include "core/nn/product.h"

#include <ATen/ATen.h>
#include <ATen/ExpandUtils.h>

#include "core/nn/onednn.h"

namespace maskwright::nn {

at::Tensor matmul(const at::Tensor& a, const at::Tensor& b) {
    if (a.scalar_type() != b.scalar_type() || a.dim() < 2 || b.dim() < 2 || a.size(-1) != b.size(-2) ||
        !onednn::computes(a) || !onednn::computes(b)) {
        return at::matmul(a, b);
    }
    std::vector<std::int64_t> sides = at::infer_size(a.sizes().slice(0, static_cast<std::size_t>(a.dim() - 2)),
                                                     b.sizes().slice(0, static_cast<std::size_t>(b.dim() - 2)));
    sides.push_back(a.size(-2));
    sides.push_back(b.size(-1));
    if (a.size(-1) == 0) {
        return at::zeros(sides, a.options());
    }
    at::Tensor out = at::empty(sides, a.options());
    onednn::product(a, b, 1, out);
    return out;
}

}  // namespace maskwright::nn
