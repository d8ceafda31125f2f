#include "core/nn/layers.h"

#include <ATen/ATen.h>

#include <stdexcept>
#include <string>

#include "core/nn/attention.h"

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

}  // namespace

at::Tensor linear(const Params& p, const at::Tensor& x) {
    const at::Tensor& weight = p.tensor("weight");
    return at::linear(matching(x, weight), weight, p.optional("bias"));
}

at::Tensor layerNorm(const Params& p, const at::Tensor& x, double eps) {
    const at::Tensor& weight = p.tensor("weight");
    return at::layer_norm(x.to(weight.scalar_type()), {x.size(-1)}, weight, p.tensor("bias"), eps);
}

at::Tensor conv2d(const Params& p, const at::Tensor& x, std::int64_t stride, std::int64_t padding,
                  std::int64_t dilation, std::int64_t groups) {
    const at::Tensor& weight = p.tensor("weight");
    return at::conv2d(matching(x, weight), weight, p.optional("bias"), stride, padding, dilation, groups);
}

at::Tensor conv2dSame(const Params& p, const at::Tensor& x, std::int64_t stride, std::int64_t dilation,
                      std::int64_t groups) {
    const std::int64_t kernel = p.tensor("weight").size(-1);
    const std::int64_t tall = samePadding(x.size(2), kernel, stride, dilation);
    const std::int64_t wide = samePadding(x.size(3), kernel, stride, dilation);
    if (tall == wide && tall % 2 == 0) {
        return conv2d(p, x, stride, tall / 2, dilation, groups);
    }
    const at::Tensor padded = at::constant_pad_nd(x, {wide / 2, wide - wide / 2, tall / 2, tall - tall / 2}, 0);
    return conv2d(p, padded, stride, 0, dilation, groups);
}

at::Tensor expandPixels(const Params& p, const at::Tensor& x) {
    const at::Tensor& weight = p.tensor("weight");
    const std::int64_t batch = x.size(0), height = x.size(2), width = x.size(3);
    const std::int64_t out = weight.size(1), stride = weight.size(2);
    const at::Tensor pixels = x.to(weight.scalar_type())
                                  .permute({0, 2, 3, 1})
                                  .reshape({batch * height * width, x.size(1)});  // [B * H * W, I]
    at::Tensor y = at::matmul(pixels, weight.reshape({weight.size(0), out * stride * stride}));
    y = y.reshape({batch, height, width, out, stride, stride}).permute({0, 3, 1, 4, 2, 5});  // [B, O, H, s, W, s]
    return y.reshape({batch, out, height * stride, width * stride}) + p.tensor("bias").reshape({1, out, 1, 1});
}

Activation activationFromName(std::string_view name) {
    if (name == "quick_gelu") {
        return Activation::quickGelu;
    }
    if (name == "gelu") {
        return Activation::gelu;
    }
    if (name == "relu") {
        return Activation::relu;
    }
    throw std::invalid_argument("the activation " + std::string(name) + " is not one of quick_gelu, gelu, relu");
}

at::Tensor activate(Activation activation, const at::Tensor& x) {
    switch (activation) {
        case Activation::quickGelu:
            return x * at::sigmoid(x * 1.702);  // openai/CLIP clip/model.py, QuickGELU
        case Activation::gelu:
            return at::gelu(x);
        case Activation::relu:
            return at::relu(x);
    }
    return x;
}

at::Tensor selfAttention(const Params& p, const at::Tensor& x, std::int64_t heads, bool causal, const at::Tensor& mask,
                         const at::Tensor& factor) {
    // x: [B, T, C]
    const std::int64_t batch = x.size(0), tokens = x.size(1), width = x.size(2) / heads;
    const auto split = [&](const at::Tensor& y) { return y.view({batch, tokens, heads, width}).transpose(1, 2); };
    const at::Tensor q = split(linear(p["q_proj"], x));  // [B, h, T, d]
    const at::Tensor k = split(linear(p["k_proj"], x));
    const at::Tensor v = split(linear(p["v_proj"], x));
    const at::Tensor mixed =
        factor.defined() ? weightedAttention(q, k, v, factor) : attention(q, k, v, mask, causal);  // [B, h, T, d]
    return linear(p["out_proj"], mixed.transpose(1, 2).reshape({batch, tokens, heads * width}));
}

at::Tensor mlp(const Params& p, const at::Tensor& x, Activation activation) {
    return linear(p["fc2"], activate(activation, linear(p["fc1"], x)));
}

at::Tensor preNormBlock(const Params& p, const at::Tensor& x, std::int64_t heads, Activation activation, double eps,
                        bool causal, const at::Tensor& mask, const at::Tensor& factor) {
    const at::Tensor y =
        x + selfAttention(p["self_attn"], layerNorm(p["layer_norm1"], x, eps), heads, causal, mask, factor);
    return y + mlp(p["mlp"], layerNorm(p["layer_norm2"], y, eps), activation);
}

at::Tensor postNormBlock(const Params& p, const at::Tensor& x, std::int64_t heads, Activation activation, double eps) {
    const at::Tensor y = layerNorm(p["layer_norm1"], x + selfAttention(p["self_attn"], x, heads), eps);
    return layerNorm(p["layer_norm2"], y + mlp(p["mlp"], y, activation), eps);
}

}  // namespace maskwright::nn
