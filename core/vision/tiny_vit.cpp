#include "core/vision/tiny_vit.h"

#include <ATen/ATen.h>

#include "core/nn/attention.h"
#include "core/nn/layers.h"
#include "core/nn/sizes.h"
#include "core/vision/output.h"
#include "core/vision/windows.h"

namespace maskwright::vision {

namespace {

using nn::Activation;

std::int64_t ofStage(const std::vector<std::int64_t>& values, std::int64_t stage) {
    return values[static_cast<std::size_t>(stage)];
}

// A kernel a channel of 3 x 3, zeros around.
at::Tensor depthwise(const nn::Params& p, const at::Tensor& x, std::int64_t stride, Activation after) {
    return nn::conv2d(p, x, stride, 1, 1, x.size(1), after);
}

// x: [B, C, H, W]
at::Tensor bottleneck(const nn::Params& p, const at::Tensor& x) {
    const at::Tensor wide = nn::conv2d(p["conv1"], x, 1, 0, 1, 1, Activation::gelu);
    const at::Tensor seen = depthwise(p["conv2"], wide, 1, Activation::gelu);
    return at::gelu(nn::conv2d(p["conv3"], seen, 1, 0, 1, 1, Activation::none, x));
}

at::Tensor merged(const nn::Params& p, const at::Tensor& x, std::int64_t stride) {
    const at::Tensor wide = nn::conv2d(p["conv1"], x, 1, 0, 1, 1, Activation::gelu);
    return nn::conv2d(p["conv3"], depthwise(p["conv2"], wide, stride, Activation::gelu));
}

// What the tables say of every query and key of a window: [1, heads, T, T]. They are by how far apart rows and columns
// are, whatever the direction, row by row.
at::Tensor biases(const at::Tensor& table, std::int64_t side) {
    const at::Tensor places = at::arange(side, table.options().dtype(at::kLong));
    const at::Tensor apart = (places.unsqueeze(1) - places).abs();  // [side, side]
    const at::Tensor down = apart.repeat_interleave(side, 0).repeat_interleave(side, 1),
                     across = apart.repeat({side, side});
    const at::Tensor index = down * side + across;  // [T, T]
    return table.index_select(1, index.flatten()).view({1, table.size(0), side * side, side * side});
}

// x: [B, T, C], T = side * side -> the same, without the residual. A head's query, key and value lie side by side.
at::Tensor attend(const nn::Params& p, const at::Tensor& x, std::int64_t heads, std::int64_t side, double eps) {
    const std::int64_t batch = x.size(0), tokens = x.size(1), width = x.size(2) / heads;
    const at::Tensor all =
        nn::linear(p["qkv"], nn::layerNorm(p["norm"], x, eps)).view({batch, tokens, heads, 3, width});
    const auto part = [&](std::int64_t which) { return all.select(3, which).transpose(1, 2).contiguous(); };
    const at::Tensor mixed =
        nn::attention(part(0), part(1), part(2), biases(p.tensor("attention_biases"), side), false);
    return nn::linear(p["proj"], mixed.transpose(1, 2).reshape(x.sizes()));
}

// x: [B, C, H, W]
at::Tensor block(const nn::Params& p, const at::Tensor& x, std::int64_t heads, std::int64_t side, double eps) {
    const std::int64_t height = x.size(2), width = x.size(3);
    const at::Tensor tokens = x.permute({0, 2, 3, 1});  // [B, H, W, C]
    // What a window has beyond the picture is zero, and takes part, as published.
    const at::Tensor seen =
        fromWindows(attend(p["attn"], windows(tokens, side), heads, side, eps), side, height, width);
    const at::Tensor local = depthwise(p["local_conv"], (tokens + seen).permute({0, 3, 1, 2}), 1, Activation::none)
                                 .permute({0, 2, 3, 1})
                                 .contiguous();
    const at::Tensor wide = nn::linear(p["mlp"]["fc1"], nn::layerNorm(p["mlp"]["norm"], local, eps), Activation::gelu);
    return nn::linear(p["mlp"]["fc2"], wide, Activation::none, local).permute({0, 3, 1, 2});
}

}  // namespace

Result<TinyVit> TinyVit::read(JsonReader& json, const std::string& where) {
    TinyVit v;
    v.widths = json.integers("widths", v.widths, 1, nn::kMaxWidth, kStages);
    v.depths = json.integers("depths", v.depths, 1, nn::kMaxLayers, kStages);
    v.heads = json.integers("num_attention_heads", v.heads, 1, nn::kMaxHeads, kStages);
    v.windows = json.integers("window_sizes", v.windows, 1, 256, kStages);
    v.imageSize = json.integer("image_size", v.imageSize, kStride, 4096);
    v.expansion = json.integer("expansion", v.expansion, 1, 16);
    v.eps = json.number("layer_norm_eps", v.eps, 0, 1);
    MASKWRIGHT_TRY(json.status());
    const auto fault = [](Message what) {
        return Error{ErrorKind::weights, std::move(what), "take the config.json that belongs to these weights"};
    };
    for (const auto* list : {&v.widths, &v.depths, &v.heads, &v.windows}) {
        if (static_cast<std::int64_t>(list->size()) != kStages) {
            return fault(
                message("%1: a list has %2 numbers, not one for each of %3 stages", where, list->size(), kStages));
        }
    }
    for (std::size_t i = 1; i < v.heads.size(); ++i) {
        MASKWRIGHT_TRY(nn::checkTransformer(where, v.widths[i], v.heads[i], "gelu"));
    }
    if (v.imageSize % kStride != 0) {
        return fault(message("%1.image_size is no multiple of %2", where, kStride));
    }
    return v;
}

Json TinyVit::toJson() const {
    return {{"model_type", kName},          {"widths", widths},        {"depths", depths},
            {"num_attention_heads", heads}, {"window_sizes", windows}, {"image_size", imageSize},
            {"expansion", expansion},       {"layer_norm_eps", eps}};
}

void TinyVit::declare(const nn::Declaration& d) const {
    d["patch_embed"]["seq"][0].conv2d(widths[0] / 2, 3, 3);
    d["patch_embed"]["seq"][2].conv2d(widths[0], widths[0] / 2, 3);
    for (std::int64_t stage = 0; stage < kStages; ++stage) {
        const nn::Declaration layer = d["layers"][stage].bulk();
        const std::int64_t width = ofStage(widths, stage), wide = expansion * width;
        for (std::int64_t i = 0; i < ofStage(depths, stage); ++i) {
            const nn::Declaration one = layer["blocks"][i];
            if (stage == 0) {
                one["conv1"].conv2d(wide, width, 1);
                one["conv2"].conv2d(wide, 1, 3, wide);
                one["conv3"].conv2d(width, wide, 1);
                continue;
            }
            const std::int64_t side = ofStage(windows, stage);
            one["attn"]["norm"].layerNorm(width);
            one["attn"]["qkv"].linear(3 * width, width);
            one["attn"]["proj"].linear(width, width);
            one["attn"].tensor("attention_biases", {ofStage(heads, stage), side * side}, nn::Role::embedding);
            one["local_conv"].conv2d(width, 1, 3, width);
            one["mlp"]["norm"].layerNorm(width);
            one["mlp"]["fc1"].linear(wide, width);
            one["mlp"]["fc2"].linear(width, wide);
        }
        if (stage + 1 < kStages) {
            const std::int64_t next = ofStage(widths, stage + 1);
            layer["downsample"]["conv1"].conv2d(next, width, 1);
            layer["downsample"]["conv2"].conv2d(next, 1, 3, next);
            layer["downsample"]["conv3"].conv2d(next, next, 1);
        }
    }
}

at::Tensor TinyVit::forward(const nn::Params& p, const at::Tensor& pixels, const std::stop_token& stop,
                            Halfway* halfway) const {
    Halfway begun;
    Halfway& at = halfway != nullptr ? *halfway : begun;
    at::Tensor& x = at.x;
    if (!x.defined()) {
        x = nn::conv2d(p["patch_embed"]["seq"][0], pixels, 2, 1, 1, 1, Activation::gelu);
        x = nn::conv2d(p["patch_embed"]["seq"][2], x, 2, 1);  // [B, C, s / 4, s / 4]
    }
    std::int64_t next = 0;  // block, of all
    for (std::int64_t stage = 0; stage < kStages; ++stage) {
        const nn::Params layer = p["layers"][stage];
        for (std::int64_t i = 0; i < ofStage(depths, stage); ++i, ++next) {
            if (next < at.block) {
                continue;  // done before a stop
            }
            if (stage > 0 && i == 0) {
                x = merged(p["layers"][stage - 1]["downsample"], x, stage + 1 < kStages ? 2 : 1);
            }
            x = stage == 0 ? bottleneck(layer["blocks"][i], x)
                           : block(layer["blocks"][i], x, ofStage(heads, stage), ofStage(windows, stage), eps);
            at.block = next + 1;
            const bool last = stage + 1 == kStages && i + 1 == ofStage(depths, stage);
            if (!last && stop.stop_requested()) {
                throw Stopped{};
            }
        }
    }
    return x.permute({0, 2, 3, 1}).contiguous();
}

}  // namespace maskwright::vision
