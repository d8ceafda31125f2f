#include "core/nn/linear_relu6.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace maskwright::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor product(const at::Tensor& a, const at::Tensor& b, bool bfloat16) {
    return bfloat16 ? at::mm(a.to(at::kBFloat16), b.to(at::kBFloat16)).to(at::kFloat) : at::mm(a, b);
}

class Linear : public torch::autograd::Function<Linear> {
  public:
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, const at::Tensor& weight,
                              const at::Tensor& bias, bool clamp, bool bfloat16) {
        const at::Tensor rows = x.reshape({-1, x.size(-1)});
        at::Tensor y = bfloat16 ? product(rows, weight.t(), true).add_(bias) : at::addmm(bias, rows, weight.t());
        if (clamp) {
            y.clamp_(0, 6);
        }
        std::vector<std::int64_t> sizes = x.sizes().vec();
        sizes.back() = weight.size(0);
        y = y.view(sizes);
        ctx->save_for_backward({x, weight, clamp ? y : at::Tensor()});
        ctx->saved_data["clamp"] = clamp;
        ctx->saved_data["bfloat16"] = bfloat16;
        ctx->saved_data["input"] = x.requires_grad();
        ctx->saved_data["weight"] = weight.requires_grad();
        return y;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor &x = saved[0], &weight = saved[1];
        const bool bfloat16 = ctx->saved_data["bfloat16"].toBool();
        at::Tensor own = gradients[0].contiguous();
        if (ctx->saved_data["clamp"].toBool()) {
            own = at::hardtanh_backward(own, saved[2], 0, 6);
        }
        own = own.reshape({-1, own.size(-1)});
        at::Tensor gx, gw, gb;
        if (ctx->saved_data["input"].toBool()) {
            gx = product(own, weight, bfloat16).view(x.sizes());
        }
        if (ctx->saved_data["weight"].toBool()) {
            gw = product(own.t(), x.reshape({-1, x.size(-1)}), bfloat16);
            gb = own.sum(0);
        }
        return {gx, gw, gb, at::Tensor(), at::Tensor()};
    }
};

}  // namespace

at::Tensor linearRelu6(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool clamp,
                       bool bfloat16) {
    return Linear::apply(x, weight, bias, clamp, bfloat16);
}

}  // namespace maskwright::nn
