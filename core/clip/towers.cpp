#include "core/clip/towers.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include "core/clip/pooled_head.h"
#include "core/nn/layers.h"

namespace maskwright::clip {

vision::Output vision(const nn::Params& p, const Config& config, const at::Tensor& pixels,
                      const vision::Request& request) {
    vision::Output out = config.vision.forward(p["vision_model"], pixels, request);
    // The projection follows the last block: where that is not trained, it is not either.
    const at::AutoGradMode graph(at::GradMode::is_enabled() && request.firstTrained <= config.vision.blocks());
    const nn::Params projection = p["visual_projection"];
    if (out.dense.defined()) {
        out.dense = nn::linear(projection, out.dense);  // [B, H * W, P]
    }
    if (out.pooled.defined()) {
        // The projection has no bias: that of a mean is the mean of projections.
        out.pooled = pooledEmbedding(p, config.pooledHead, nn::linear(projection, out.pooled));  // [B, P]
    }
    return out;
}

at::Tensor text(const nn::Params& p, const TextConfig& config, const at::Tensor& ids, const at::Tensor& ends) {
    // ids: [N, T], ends: [N]
    const nn::Params model = p["text_model"];
    const nn::Activation activation = nn::activationFromName(config.activation);
    at::Tensor x = at::embedding(model["embeddings"].tensor("token_embedding.weight"), ids);  // [N, T, C]
    x = x + model["embeddings"].tensor("position_embedding.weight").slice(0, 0, ids.size(1));
    for (std::int64_t i = 0; i < config.layers; ++i) {
        x = nn::preNormBlock(model["encoder"]["layers"][i], x, config.heads, activation, config.eps, true);
    }
    // The final norm is per token: norm only the rows that are read.
    const at::Tensor rows = at::arange(ids.size(0), ends.options());
    const at::Tensor last = nn::layerNorm(model["final_layer_norm"], x.index({rows, ends}), config.eps);  // [N, C]
    return nn::linear(p["text_projection"], last);                                                        // [N, P]
}

}  // namespace maskwright::clip
