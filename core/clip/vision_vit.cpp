#include <ATen/ATen.h>

#include <algorithm>

#include "core/clip/vision_towers.h"
#include "core/nn/layers.h"

namespace maskwright::clip {

namespace {

// CLIPSeg's position interpolation: the patch rows as a square grid, bicubic to the new one (facts.md section 1, step
// 2).
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

VisionOutput vit(const nn::Params& clip, const VisionConfig& config, const at::Tensor& pixels,
                 const VisionRequest& request) {
    // pixels: [B, 3, H, W]
    const nn::Params p = clip["vision_model"];
    const nn::Activation activation = nn::activationFromName(config.activation);
    VisionOutput out;
    out.gridHeight = pixels.size(2) / config.patch;
    out.gridWidth = pixels.size(3) / config.patch;
    out.classTokens = 1;
    out.taps.resize(request.taps.size());

    at::Tensor x = at::conv2d(pixels, p["embeddings"].tensor("patch_embedding.weight"), {}, config.patch);
    x = x.flatten(2).transpose(1, 2).to(p["embeddings"].tensor("class_embedding").scalar_type());  // [B, H * W, C]
    const at::Tensor first = p["embeddings"].tensor("class_embedding").expand({x.size(0), 1, config.hiddenSize});
    x = at::cat({first, x}, 1);  // [B, T, C], T = 1 + H * W
    x = x + positions(p["embeddings"].tensor("position_embedding.weight"), out.gridHeight, out.gridWidth);
    x = nn::layerNorm(p["pre_layrnorm"], x, config.eps);

    std::int64_t last = request.pooled ? config.layers - 1 : -1;
    for (const std::int64_t tap : request.taps) {
        last = std::max(last, tap);
    }
    const at::Tensor factor =
        request.tokenMask.queries == TokenMask::Queries::none ? at::Tensor() : scoreFactor(request.tokenMask, x);
    for (std::int64_t i = 0; i <= last; ++i) {
        if (request.stop.stop_requested()) {
            throw Stopped{};
        }
        x = nn::preNormBlock(p["encoder"]["layers"][i], x, config.heads, activation, config.eps, false, {},
                             i >= request.tokenMask.fromBlock ? factor : at::Tensor());
        for (std::size_t k = 0; k < request.taps.size(); ++k) {
            if (request.taps[k] == i) {
                out.taps[k] = x;
            }
        }
    }
    if (request.pooled) {
        const at::Tensor cls = nn::layerNorm(p["post_layernorm"], x.select(1, 0), config.eps);  // [B, C]
        out.pooled = nn::linear(clip["visual_projection"], cls);                                // [B, P]
    }
    return out;
}

}  // namespace maskwright::clip
