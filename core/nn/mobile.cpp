#include "core/nn/mobile.h"

#include <ATen/ATen.h>

#include "core/nn/depthwise.h"
#include "core/nn/layers.h"
#include "core/nn/linear_relu6.h"

namespace maskwright::nn {

namespace {

bool byOwn(const at::Tensor& x, const Arithmetic& arithmetic) {
    return arithmetic.own && x.is_cpu() && x.scalar_type() == at::kFloat;
}

at::Tensor channelsLast(const at::Tensor& map) { return map.permute({0, 2, 3, 1}).contiguous(); }  // [B, H, W, C]
at::Tensor channelsFirst(const at::Tensor& map) { return map.permute({0, 3, 1, 2}); }              // [B, C, H, W]

}  // namespace

at::Tensor arranged(const at::Tensor& map, const Arithmetic& arithmetic) {
    return byOwn(map, arithmetic) ? map.contiguous(at::MemoryFormat::ChannelsLast) : map;
}

at::Tensor pointwise(const Params& p, const at::Tensor& x, Clamp clamp, const Arithmetic& arithmetic,
                     const at::Tensor& residual) {
    if (p.packed() != nullptr || !byOwn(x, arithmetic)) {
        return conv2d(p, x, 1, 0, 1, 1, clamp == Clamp::relu6 ? Activation::relu6 : Activation::none, residual);
    }
    const at::Tensor& weight = p.tensor("weight");
    const at::Tensor y = channelsFirst(linearRelu6(channelsLast(x), weight.view({weight.size(0), weight.size(1)}),
                                                   p.tensor("bias"), clamp == Clamp::relu6, arithmetic.bfloat16));
    return residual.defined() ? residual + y : y;
}

at::Tensor depthwise(const Params& p, const at::Tensor& x, std::int64_t stride, std::int64_t dilation,
                     const Arithmetic& arithmetic) {
    if (p.packed() != nullptr || !byOwn(x, arithmetic)) {
        return conv2dSame(p, x, stride, dilation, x.size(1), Activation::relu6);
    }
    return channelsFirst(depthwiseRelu6(channelsLast(x), p.tensor("weight"), p.tensor("bias"), stride, dilation));
}

}  // namespace maskwright::nn
