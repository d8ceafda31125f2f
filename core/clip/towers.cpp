#include "core/clip/towers.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "core/clip/pooled_head.h"
#include "core/nn/layers.h"

namespace maskwright::clip {

namespace {

// Which of a phrase's rows is its embedding, as Hugging Face's CLIPSegTextModel has it.
std::size_t pooledRow(std::span<const std::int64_t> ids, const TextConfig& config) {
    const std::int64_t eos = config.eos;
    // The 2 of configurations from before transformers#24773 means the first of the highest ids. SentencePiece's own
    // end marker is a 2 as well, and means itself.
    if (eos == 2 && config.tokenizer == "clip_bpe") {
        return static_cast<std::size_t>(std::max_element(ids.begin(), ids.end()) - ids.begin());
    }
    // The configuration's end marker, or the tokenizer's where they differ. The last id is always one.
    const std::int64_t end = std::find(ids.begin(), ids.end(), eos) != ids.end() ? eos : ids.back();
    return static_cast<std::size_t>(std::find(ids.begin(), ids.end(), end) - ids.begin());
}

}  // namespace

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
    const nn::Params embeddings = p["text_model"]["embeddings"];
    return textOf(p, config, at::embedding(embeddings.tensor("token_embedding.weight"), ids), ends);
}

at::Tensor textOf(const nn::Params& p, const TextConfig& config, const at::Tensor& embeddings, const at::Tensor& ends) {
    // embeddings: [N, T, C], ends: [N]
    const nn::Params model = p["text_model"];
    const nn::Activation activation = nn::activationFromName(config.activation);
    at::Tensor x = embeddings + model["embeddings"].tensor("position_embedding.weight").slice(0, 0, embeddings.size(1));
    for (std::int64_t i = 0; i < config.layers; ++i) {
        x = nn::preNormBlock(model["encoder"]["layers"][i], x, config.heads, activation, config.eps, true);
    }
    // The final norm is per token: norm only the rows that are read.
    const at::Tensor rows = at::arange(x.size(0), ends.options());
    const at::Tensor last = nn::layerNorm(model["final_layer_norm"], x.index({rows, ends}), config.eps);  // [N, C]
    return nn::linear(p["text_projection"], last);                                                        // [N, P]
}

at::Tensor text(const nn::Params& p, const TextConfig& config, std::span<const std::int64_t> ids, at::Device device,
                const Embed& embed) {
    // Attention is causal and one row is read: nothing after it can matter.
    const std::size_t end = pooledRow(ids, config);
    const at::Tensor row = at::tensor(at::IntArrayRef(ids.data(), end + 1), at::kLong).unsqueeze(0);
    const at::Tensor ends = at::full({1}, static_cast<std::int64_t>(end), at::kLong).to(device);
    return (embed ? textOf(p, config, embed(row), ends) : text(p, config, row.to(device), ends)).to(at::kFloat);
}

at::Tensor texts(const nn::Params& p, const TextConfig& config, std::span<const std::vector<std::int64_t>> ids,
                 at::Device device, const Embed& embed) {
    std::vector<std::int64_t> ends;
    for (const std::vector<std::int64_t>& one : ids) {
        ends.push_back(static_cast<std::int64_t>(pooledRow(one, config)));
    }
    const std::int64_t count = static_cast<std::int64_t>(ids.size());
    const std::int64_t longest = ends.empty() ? 0 : *std::max_element(ends.begin(), ends.end()) + 1;
    const at::Tensor rows = at::zeros({count, longest}, at::kLong);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        std::copy_n(ids[i].begin(), ends[i] + 1, rows.data_ptr<std::int64_t>() + std::int64_t(i) * longest);
    }
    const at::Tensor last = at::tensor(ends, at::kLong).to(device);
    return (embed ? textOf(p, config, embed(rows), last) : text(p, config, rows.to(device), last)).to(at::kFloat);
}

}  // namespace maskwright::clip
