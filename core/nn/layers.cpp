#include "core/nn/layers.h"

#include <ATen/ATen.h>

#include "core/nn/attention.h"
#include "core/nn/onednn.h"
#include "core/nn/product.h"

namespace maskwright::nn {

namespace {

// TensorFlow's "same" padding of one side: how many pixels in all.
std::int64_t samePadding(std::int64_t side, std::int64_t kernel, std::int64_t stride, std::int64_t dilation) {
    const std::int64_t out = (side + stride - 1) / stride;
    const std::int64_t needed = (out - 1) * stride + dilation * (kernel - 1) + 1 - side;
    return std::max<std::int64_t>(needed, 0);
}

// Products run in the weights' type: bfloat16 in most blocks while norms, the residual stream and what is small stay
// float32.
at::Tensor matching(const at::Tensor& x, const at::Tensor& weight) { return x.to(weight.scalar_type()); }

at::Tensor finished(at::Tensor y, Activation after, const at::Tensor& residual) {
    y = activate(after, y);
    return residual.defined() ? residual + y : y;
}

}  // namespace

at::Tensor linear(const Params& p, const at::Tensor& x, Activation after, const at::Tensor& residual) {
    if (const onednn::Weight* packed = p.packed()) {
        return onednn::linear(*packed, x, {after, residual});
    }
    const at::Tensor& weight = p.tensor("weight");
    return finished(at::linear(matching(x, weight), weight, p.optional("bias")), after, residual);
}

at::Tensor layerNorm(const Params& p, const at::Tensor& x, double eps) {
    const at::Tensor& weight = p.tensor("weight");
    return at::layer_norm(x.to(weight.scalar_type()), {x.size(-1)}, weight, p.tensor("bias"), eps);
}

at::Tensor conv2d(const Params& p, const at::Tensor& x, std::int64_t stride, std::int64_t padding,
                  std::int64_t dilation, std::int64_t groups, Activation after, const at::Tensor& residual) {
    if (const onednn::Weight* packed = p.packed()) {
        const onednn::Window window{stride, dilation, padding, padding, padding, padding};
        return onednn::conv2d(*packed, x, window, {after, residual});
    }
    const at::Tensor& weight = p.tensor("weight");
    return finished(at::conv2d(matching(x, weight), weight, p.optional("bias"), stride, padding, dilation, groups),
                    after, residual);
}

at::Tensor conv2dSame(const Params& p, const at::Tensor& x, std::int64_t stride, std::int64_t dilation,
                      std::int64_t groups, Activation after) {
    const std::int64_t kernel = kernelOf(p);
    const std::int64_t tall = samePadding(x.size(2), kernel, stride, dilation);
    const std::int64_t wide = samePadding(x.size(3), kernel, stride, dilation);
    if (const onednn::Weight* packed = p.packed()) {
        const onednn::Window window{stride, dilation, tall / 2, wide / 2, tall - tall / 2, wide - wide / 2};
        return onednn::conv2d(*packed, x, window, {after, {}});
    }
    if (tall == wide && tall % 2 == 0) {
        return conv2d(p, x, stride, tall / 2, dilation, groups, after);
    }
    const at::Tensor padded = at::constant_pad_nd(x, {wide / 2, wide - wide / 2, tall / 2, tall - tall / 2}, 0);
    return conv2d(p, padded, stride, 0, dilation, groups, after);
}

std::int64_t kernelOf(const Params& p) {
    const onednn::Weight* packed = p.packed();
    return packed != nullptr ? onednn::kernelOf(*packed) : p.tensor("weight").size(-1);
}

at::Tensor expandPixels(const Params& p, const at::Tensor& x) {
    const std::int64_t stride = kernelOf(p);
    const std::int64_t batch = x.size(0), height = x.size(2), width = x.size(3);
    const at::Tensor pixels = x.permute({0, 2, 3, 1});  // [B, H, W, I]
    at::Tensor y;                                       // [B, H, W, O * s * s]
    if (const onednn::Weight* packed = p.packed()) {
        y = onednn::linear(*packed, pixels, {});
    } else {
        const at::Tensor& weight = p.tensor("weight");
        y = at::matmul(matching(pixels, weight), weight.flatten(1)) +
            p.tensor("bias").repeat_interleave(stride * stride);
    }
    const std::int64_t out = y.size(3) / (stride * stride);
    y = y.reshape({batch, height, width, out, stride, stride}).permute({0, 3, 1, 4, 2, 5});  // [B, O, H, s, W, s]
    return y.reshape({batch, out, height * stride, width * stride});
}

QueryKeyValue queryKeyValue(const Params& p, const at::Tensor& x, std::int64_t heads) {
    // x: [B, T, C]
    const std::int64_t batch = x.size(0), tokens = x.size(1), width = x.size(2) / heads;
    if (const onednn::Weight* packed = p["qkv"].packed()) {
        const at::Tensor all = onednn::linear(*packed, x, {}).view({batch, tokens, 3, heads, width});
        const auto part = [&](std::int64_t index) { return all.select(2, index).transpose(1, 2); };
        return {part(0), part(1), part(2)};
    }
    const auto split = [&](const char* name) {
        return linear(p[name], x).view({batch, tokens, heads, width}).transpose(1, 2);
    };
    return {split("q_proj"), split("k_proj"), split("v_proj")};
}

at::Tensor selfAttention(const Params& p, const at::Tensor& x, std::int64_t heads, bool causal, const at::Tensor& mask,
                         const at::Tensor& factor, const at::Tensor& residual) {
    const auto [q, k, v] = queryKeyValue(p, x, heads);  // [B, h, T, d]
    const at::Tensor mixed =
        factor.defined() ? weightedAttention(q, k, v, factor) : attention(q, k, v, mask, causal);  // [B, h, T, d]
    return linear(p["out_proj"], mixed.transpose(1, 2).reshape(x.sizes()), Activation::none, residual);
}

at::Tensor mlp(const Params& p, const at::Tensor& x, Activation activation, const at::Tensor& residual) {
    return linear(p["fc2"], linear(p["fc1"], x, activation), Activation::none, residual);
}

at::Tensor preNormBlock(const Params& p, const at::Tensor& x, std::int64_t heads, Activation activation, double eps,
                        bool causal, const at::Tensor& mask, const at::Tensor& factor) {
    const at::Tensor y =
        selfAttention(p["self_attn"], layerNorm(p["layer_norm1"], x, eps), heads, causal, mask, factor, x);
    return mlp(p["mlp"], layerNorm(p["layer_norm2"], y, eps), activation, y);
}

at::Tensor postNormBlock(const Params& p, const at::Tensor& x, std::int64_t heads, Activation activation, double eps) {
    const at::Tensor y = layerNorm(p["layer_norm1"], selfAttention(p["self_attn"], x, heads, false, {}, {}, x), eps);
    return layerNorm(p["layer_norm2"], mlp(p["mlp"], y, activation, y), eps);
}

}  // namespace maskwright::nn
