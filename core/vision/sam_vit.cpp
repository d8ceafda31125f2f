#include "core/vision/sam_vit.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "core/nn/attention.h"
#include "core/nn/layers.h"
#include "core/nn/product.h"
#include "core/nn/sizes.h"
#include "core/vision/output.h"
#include "core/vision/windows.h"

namespace maskwright::vision {

namespace {

// What a query at each place adds to its score with keys that lie a distance away, one table a direction.
struct Distances {
    at::Tensor down, across;  // [B, heads, T, side]
};

// table: [2 side - 1, d] -> [side, d, side]: of a query at the first place and a key at the last.
at::Tensor byPlace(const at::Tensor& table, std::int64_t side) {
    const at::Tensor places = at::arange(side, table.options().dtype(at::kLong));
    const at::Tensor distance = places.unsqueeze(1) - places + (side - 1);  // [side, side]
    return table.index_select(0, distance.flatten()).view({side, side, -1}).transpose(1, 2);
}

// q: [B, heads, side * side, d]
Distances distancesOf(const nn::Params& p, const at::Tensor& q, std::int64_t side) {
    const std::int64_t batch = q.size(0), heads = q.size(1), width = q.size(3);
    const at::Tensor grid = q.to(at::kFloat).reshape({batch * heads, side, side, width});  // rows, columns
    const auto tokens = [&](const at::Tensor& x) { return x.reshape({batch, heads, side * side, side}); };
    const at::Tensor down = nn::matmul(grid, byPlace(p.tensor("rel_pos_h"), side));
    const at::Tensor across = nn::matmul(grid.transpose(1, 2), byPlace(p.tensor("rel_pos_w"), side)).transpose(1, 2);
    return {tokens(down), tokens(across)};
}

// Which row and which column each place is in: [T, 2 side] of 0 and 1.
at::Tensor rowAndColumn(std::int64_t side, const at::TensorOptions& options) {
    const at::Tensor one = at::eye(side, options);
    const at::Tensor rows = one.repeat_interleave(side, 0), columns = one.repeat({side, 1});
    return at::cat({rows, columns}, 1);
}

// x: [B, side * side, C]. Scores are q k / sqrt(d) + down[row of k] + across[column of k]. Written as one product of
// longer vectors, so that the scores of a whole picture never lie in memory at once.
at::Tensor attend(const SamVit& vit, const nn::Params& p, const at::Tensor& x, std::int64_t side) {
    const std::int64_t batch = x.size(0), tokens = x.size(1), width = vit.hiddenSize / vit.heads;
    const at::Tensor all = nn::linear(p["qkv"], x).view({batch, tokens, 3, vit.heads, width});
    at::Tensor q = all.select(2, 0).transpose(1, 2), k = all.select(2, 1).transpose(1, 2);
    const at::Tensor v = all.select(2, 2).transpose(1, 2);  // [B, heads, T, d]
    if (vit.distances) {
        const auto [down, across] = distancesOf(p, q, side);
        const double longer = std::sqrt(static_cast<double>(width + 2 * side));  // what the scores are divided by
        const double part = longer / std::sqrt(static_cast<double>(width));
        q = at::cat({q * part, (down * longer).to(q.scalar_type()), (across * longer).to(q.scalar_type())}, 3);
        k = at::cat({k, rowAndColumn(side, k.options()).expand({batch, vit.heads, -1, -1})}, 3);
    }
    const at::Tensor mixed = nn::attention(q, k, v, {}, false);
    return nn::linear(p["proj"], mixed.transpose(1, 2).reshape({batch, tokens, vit.hiddenSize}));
}

}  // namespace

Result<SamVit> SamVit::read(JsonReader& json, const std::string& where) {
    SamVit v;
    v.hiddenSize = json.integer("hidden_size", v.hiddenSize, 1, nn::kMaxWidth);
    v.heads = json.integer("num_attention_heads", v.heads, 1, nn::kMaxHeads);
    v.layers = json.integer("num_hidden_layers", v.layers, 1, nn::kMaxLayers);
    v.patch = json.integer("patch_size", v.patch, 1, 256);
    v.imageSize = json.integer("image_size", v.imageSize, 1, 4096);
    v.window = json.integer("window_size", v.window, 0, 4096);
    v.global = json.integers("global_attn_indexes", v.global, 0, nn::kMaxLayers);
    v.eps = json.number("layer_norm_eps", v.eps, 0, 1);
    v.activation = json.string("hidden_act", v.activation);
    v.queryBias = json.boolean("qkv_bias", true);
    v.places = json.boolean("use_abs_pos", true);
    v.distances = json.boolean("use_rel_pos", true);
    const double ratio = json.number("mlp_ratio", 4, 0.01, 64);
    v.mlp = json.integer("mlp_dim", static_cast<std::int64_t>(double(v.hiddenSize) * ratio), 1, 4 * nn::kMaxWidth);
    MASKWRIGHT_TRY(json.status());
    MASKWRIGHT_TRY(nn::checkTransformer(where, v.hiddenSize, v.heads, v.activation));
    if (v.imageSize % v.patch != 0) {
        return Error{ErrorKind::weights, message("%1.image_size is no multiple of patch_size", where),
                     "take the config.json that belongs to these weights"};
    }
    return v;
}

bool SamVit::isGlobal(std::int64_t block) const {
    return window == 0 || std::find(global.begin(), global.end(), block) != global.end();
}

void SamVit::declare(const nn::Declaration& d) const {
    d["patch_embed"]["projection"].conv2d(hiddenSize, 3, patch);
    if (places) {
        d.tensor("pos_embed", {1, grid(), grid(), hiddenSize}, nn::Role::embedding);
    }
    for (std::int64_t i = 0; i < layers; ++i) {
        const nn::Declaration block = d["layers"][i].bulk();
        const nn::Declaration attention = block["attn"];
        block["layer_norm1"].layerNorm(hiddenSize);
        attention["qkv"].tensor("weight", {3 * hiddenSize, hiddenSize}, nn::Role::matrix,
                                nn::normal(1 / std::sqrt(static_cast<double>(hiddenSize))));
        if (queryBias) {
            attention["qkv"].tensor("bias", {3 * hiddenSize}, nn::Role::bias);
        }
        attention["proj"].linear(hiddenSize, hiddenSize);
        if (distances) {
            const std::int64_t rows = 2 * (isGlobal(i) ? grid() : window) - 1;
            attention.tensor("rel_pos_h", {rows, hiddenSize / heads}, nn::Role::embedding);
            attention.tensor("rel_pos_w", {rows, hiddenSize / heads}, nn::Role::embedding);
        }
        block["layer_norm2"].layerNorm(hiddenSize);
        block["mlp"]["lin1"].linear(mlp, hiddenSize);
        block["mlp"]["lin2"].linear(hiddenSize, mlp);
    }
}

at::Tensor SamVit::forward(const nn::Params& p, const at::Tensor& pixels, const std::stop_token& stop,
                           Halfway* halfway) const {
    const nn::Activation act = nn::activationFromName(activation);
    const std::int64_t batch = pixels.size(0), side = grid();
    Halfway begun;
    Halfway& at = halfway != nullptr ? *halfway : begun;
    at::Tensor& x = at.x;
    if (!x.defined()) {
        x = nn::conv2d(p["patch_embed"]["projection"], pixels, patch).permute({0, 2, 3, 1});  // [B, g, g, C]
        x = (places ? x + p.tensor("pos_embed") : x).contiguous();
    }
    while (at.block < layers) {
        const nn::Params block = p["layers"][at.block];
        const at::Tensor normed = nn::layerNorm(block["layer_norm1"], x, eps);
        // What a window has beyond the picture is zero here, so it takes part with the layers' biases, as published.
        const at::Tensor seen =
            isGlobal(at.block)
                ? attend(*this, block["attn"], normed.reshape({batch, side * side, hiddenSize}), side)
                : fromWindows(attend(*this, block["attn"], windows(normed, window), window), window, side, side);
        x = x + seen.reshape(x.sizes());
        const at::Tensor wide = nn::linear(block["mlp"]["lin1"], nn::layerNorm(block["layer_norm2"], x, eps), act);
        x = nn::linear(block["mlp"]["lin2"], wide, nn::Activation::none, x);
        if (++at.block < layers && stop.stop_requested()) {
            throw Stopped{};
        }
    }
    return x;
}

}  // namespace maskwright::vision
