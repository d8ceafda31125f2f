#include "core/clip/towers.h"

#include <ATen/ATen.h>

#include "core/clip/vision_towers.h"
#include "core/nn/layers.h"

namespace maskwright::clip {

VisionOutput vision(const nn::Params& p, const VisionConfig& config, const at::Tensor& pixels,
                    const VisionRequest& request) {
    return config.isVit() ? vit(p, config, pixels, request) : efficientNetLite(p, config, pixels, request);
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
