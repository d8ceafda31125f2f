#include "core/vision/vit.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/nn/attention.h"
#include "core/nn/layers.h"
#include "core/nn/sizes.h"
#include "core/vision/block_loop.h"

namespace maskwright::vision {

namespace {

// CLIPSeg's position interpolation: the patch rows as a square grid, bicubic to the new one (timojl/clipseg
// models/clipseg.py, rescaled_pos_emb).
at::Tensor positions(const at::Tensor& table, std::int64_t height, std::int64_t width) {
    // table: [1 + side * side, C]
    const std::int64_t channels = table.size(1), count = table.size(0) - 1;
    std::int64_t side = 0;
    while ((side + 1) * (side + 1) <= count) {
        ++side;
    }
    if (height == side && width == side) {
        return table.unsqueeze(0);  // [1, 1 + H * W, C]
    }
    const at::Tensor grid = table.slice(0, 1)
                                .reshape({1, side, side, channels})
                                .permute({0, 3, 1, 2})
                                .to(at::kFloat);                                      // [1, C, side, side]
    const at::Tensor resized = at::upsample_bicubic2d(grid, {height, width}, false);  // [1, C, H, W]
    const at::Tensor rows = resized.permute({0, 2, 3, 1}).reshape({1, height * width, channels});
    return at::cat({table.slice(0, 0, 1).unsqueeze(0), rows.to(table.scalar_type())}, 1);  // [1, 1 + H * W, C]
}

// What the scores are multiplied by: 1 everywhere but where the asked queries look at patches. -> [B, 1, T, T]
at::Tensor scoreFactor(const TokenMask& mask, const at::Tensor& x) {
    const std::int64_t tokens = x.size(1);
    const at::Tensor inside = mask.inside.to(x.device(), x.scalar_type()).unsqueeze(1).unsqueeze(1);  // [B, 1, 1, N]
    at::Tensor factor = at::ones({inside.size(0), 1, tokens, tokens}, x.options());
    const bool patches = mask.queries == TokenMask::Queries::patches;
    factor.slice(2, patches ? 1 : 0, patches ? tokens : 1).slice(3, 1).mul_(inside);
    return factor;
}

}  // namespace

bool Vit::isCalled(const std::string& modelType) {
    return modelType == kName || modelType == "clipseg_vision_model" || modelType == "clip_vision_model";
}

Result<Vit> Vit::read(JsonReader& json, const std::string& where) {
    Vit v;
    v.hiddenSize = json.integer("hidden_size", v.hiddenSize, 1, nn::kMaxWidth);
    v.heads = json.integer("num_attention_heads", v.heads, 1, nn::kMaxHeads);
    v.mlp = json.integer("intermediate_size", v.mlp, 1, 4 * nn::kMaxWidth);
    v.layers = json.integer("num_hidden_layers", v.layers, 1, nn::kMaxLayers);
    v.patch = json.integer("patch_size", 32, 1, 1024);  // 32 where absent, as CLIPSegVisionConfig
    v.imageSize = json.integer("image_size", v.imageSize, 1, 8192);
    v.channels = json.integer("num_channels", v.channels, 3, 3);
    v.eps = json.number("layer_norm_eps", v.eps, 0, 1);
    v.activation = json.string("hidden_act", v.activation);
    MASKWRIGHT_TRY(json.status());
    MASKWRIGHT_TRY(nn::checkTransformer(where, v.hiddenSize, v.heads, v.activation));
    if (v.imageSize < v.patch) {
        return Error{ErrorKind::weights, message("%1.image_size is smaller than patch_size", where),
                     "take the config.json that belongs to these weights"};
    }
    return v;
}

Json Vit::toJson() const {
    return {{"model_type", "clipseg_vision_model"},
            {"hidden_size", hiddenSize},
            {"num_attention_heads", heads},
            {"intermediate_size", mlp},
            {"num_hidden_layers", layers},
            {"patch_size", patch},
            {"image_size", imageSize},
            {"num_channels", channels},
            {"layer_norm_eps", eps},
            {"hidden_act", activation}};
}

void Vit::declare(const nn::Declaration& d) const {
    const std::int64_t side = imageSize / patch;
    const nn::Declaration embeddings = d["embeddings"];
    embeddings.tensor("class_embedding", {hiddenSize}, nn::Role::embedding, nn::normal(0.02));
    embeddings.tensor("patch_embedding.weight", {hiddenSize, channels, patch, patch}, nn::Role::convolution,
                      nn::normal(0.02));
    embeddings.tensor("position_embedding.weight", {side * side + 1, hiddenSize}, nn::Role::embedding,
                      nn::normal(0.01));
    d["pre_layrnorm"].layerNorm(hiddenSize);  // sic: the published key
    // Parameter::block stays unset: CLIP's own tower is used as published, none of it is trained here.
    for (std::int64_t i = 0; i < layers; ++i) {
        d["encoder"]["layers"][i].bulk().depth(i).transformerBlock(hiddenSize, mlp);
    }
    d["post_layernorm"].depth(layers).layerNorm(hiddenSize);
}

double Vit::floatsAlive(std::int64_t width, std::int64_t height, const Request& request) const {
    const double tokens = double(width / patch) * double(height / patch) + 1;
    // Of one block: input, sum, and the wide half of the MLP before and after its activation, or q, k, v and scores.
    const double wide = (3.0 * double(hiddenSize) + 3.0 * double(mlp)) * tokens;
    const double looking = 6.0 * double(hiddenSize) * tokens + nn::scoresAlive(heads, tokens);
    return 3.0 * double(width * height) + std::max(wide, looking) +
           double(request.taps.size()) * double(hiddenSize) * tokens;
}

at::Tensor Vit::tokens(const nn::Params& p, const at::Tensor& pixels) const {
    // pixels: [B, 3, H, W]
    const nn::Params embeddings = p["embeddings"];
    at::Tensor x = nn::conv2d(embeddings["patch_embedding"], pixels, patch);
    x = x.flatten(2).transpose(1, 2).to(embeddings.tensor("class_embedding").scalar_type());  // [B, H * W, C]
    const at::Tensor first = embeddings.tensor("class_embedding").expand({x.size(0), 1, hiddenSize});
    x = at::cat({first, x}, 1);  // [B, T, C]
    x = x + positions(embeddings.tensor("position_embedding.weight"), pixels.size(2) / patch, pixels.size(3) / patch);
    return nn::layerNorm(p["pre_layrnorm"], x, eps);
}

Output Vit::forward(const nn::Params& p, const at::Tensor& pixels, const Request& request) const {
    // pixels: [B, 3, H, W]
    const nn::Activation act = nn::activationFromName(activation);
    const BlockLoop loop(request);
    Output out;
    out.gridHeight = pixels.size(2) / patch;
    out.gridWidth = pixels.size(3) / patch;
    out.classTokens = 1;
    out.taps.resize(request.taps.size());

    at::Tensor x = tokens(p, pixels);  // [B, T, C]
    const at::Tensor factor =
        request.tokenMask.queries == TokenMask::Queries::none ? at::Tensor() : scoreFactor(request.tokenMask, x);
    for (std::int64_t i = 0; i < blocksNeeded(request, layers); ++i) {
        loop.enter(i);
        x = nn::preNormBlock(p["encoder"]["layers"][i], x, heads, act, eps, false, {},
                             i >= request.tokenMask.fromBlock ? factor : at::Tensor());
        BlockLoop::keep(request.taps, i, x, out.taps);
    }
    if (request.pooled) {
        loop.enter(layers);
        out.pooled = nn::layerNorm(p["post_layernorm"], x.select(1, 0), eps);  // [B, C]
    }
    return out;
}

}  // namespace maskwright::vision
