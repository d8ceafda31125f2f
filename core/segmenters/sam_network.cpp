#include "core/segmenters/sam_network.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <cmath>
#include <numbers>

#include "core/nn/attention.h"
#include "core/nn/layers.h"
#include "core/nn/product.h"

namespace maskwright::segmenters {

namespace {

// modeling_sam.py gives these no eps of the configuration's: LayerNorm's own, and SamLayerNorm's.
constexpr double kFinalEps = 1e-5, kMapEps = 1e-6;

at::Tensor overChannels(const nn::Params& p, const at::Tensor& map) {
    return nn::layerNorm(p, map.permute({0, 2, 3, 1}), kMapEps).permute({0, 3, 1, 2});
}

at::Tensor byHeads(const at::Tensor& x, std::int64_t heads) {
    return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2);  // [B, heads, T, d]
}

at::Tensor joined(const nn::Params& p, const at::Tensor& mixed, const at::Tensor& residual) {
    const at::Tensor flat = mixed.transpose(1, 2).reshape({mixed.size(0), mixed.size(2), -1});
    return nn::linear(p["out_proj"], flat, nn::Activation::none, residual);
}

// Attention of `from` to `to`, whose values are `value`'s. [N, Q, C], [N, T, C] -> [N, Q, C]
at::Tensor attend(const nn::Params& p, const at::Tensor& from, const at::Tensor& to, const at::Tensor& value,
                  std::int64_t heads, const at::Tensor& residual) {
    const at::Tensor q = byHeads(nn::linear(p["query"], from), heads), k = byHeads(nn::linear(p["key"], to), heads),
                     v = byHeads(nn::linear(p["value"], value), heads);
    return joined(p, nn::attention(q, k, v, {}, false), residual);
}

at::Tensor feedForward(const nn::Params& p, at::Tensor x, std::int64_t layers) {
    x = nn::linear(p["proj_in"], x, nn::Activation::relu);
    for (std::int64_t i = 0; i + 2 < layers; ++i) {
        x = nn::linear(p["layers"][i], x, nn::Activation::relu);
    }
    return nn::linear(p["proj_out"], x);
}

bool isUnused(std::string_view name) {
    return name.starts_with("prompt_encoder.");  // boxes, masks, points outside; a copy of the shared embedding
}

}  // namespace

Result<std::unique_ptr<SamNetwork>> SamNetwork::load(const std::string& folder, at::Device device,
                                                     at::ScalarType dtype) {
    const c10::InferenceMode inference;
    auto config = readSamConfig(folder);
    if (!config) {
        return config.error();
    }
    auto loaded = loadTensors(folder, samParameters(*config), samFileName, isUnused, device, dtype);
    if (!loaded) {
        return loaded.error();
    }
    std::unique_ptr<SamNetwork> network(new SamNetwork);
    network->config_ = std::move(*config);
    network->loaded_ = std::move(*loaded);
    network->device_ = device;
    return network;
}

double SamNetwork::floatsPerPoint() const {
    const double positions = double(config_.grid() * config_.grid());
    // The map before and after a layer, with places, its views, and one of them in two layouts.
    return positions * double(config_.width) * 6;
}

at::Tensor SamNetwork::embed(const at::Tensor& pixels, const std::stop_token& stop, vision::Halfway* halfway) const {
    const c10::InferenceMode inference;
    const nn::Params p = params()["vision_encoder"];
    const at::Tensor map =
        std::visit([&](const auto& encoder) { return encoder.forward(p, pixels.to(device_), stop, halfway); },
                   config_.encoder)
            .permute({0, 3, 1, 2});  // [1, C, g, g]
    const nn::Params neck = p["neck"];
    const at::Tensor narrow = overChannels(neck["layer_norm1"], nn::conv2d(neck["conv1"], map));
    return overChannels(neck["layer_norm2"], nn::conv2d(neck["conv2"], narrow, 1, 1)).to(at::kFloat);
}

at::Tensor SamNetwork::places(const at::Tensor& at) const {
    const at::Tensor& frequencies = params()["shared_image_embedding"].tensor("positional_embedding");  // [2, C / 2]
    const at::Tensor angles = at::matmul(at * 2 - 1, frequencies) * (2 * std::numbers::pi);
    return at::cat({angles.sin(), angles.cos()}, -1);
}

SamPicture SamNetwork::prepared(const at::Tensor& embeddings) const {
    const c10::InferenceMode inference;
    const std::int64_t side = config_.grid(), heads = config_.decoder.heads;
    const nn::Params layer = params()["mask_decoder"]["transformer"]["layers"][0];
    const at::Tensor along = (at::arange(side, embeddings.options()) + 0.5) / side;
    const at::Tensor grid = at::stack({along.repeat({side}), along.repeat_interleave(side)}, 1);  // [T, 2] x, y
    SamPicture picture;
    picture.embeddings = embeddings.flatten(2).transpose(1, 2).contiguous() +
                         params()["prompt_encoder"]["no_mask_embed"].tensor("weight");  // [1, T, C]
    picture.places = places(grid).unsqueeze(0);
    const at::Tensor placed = picture.embeddings + picture.places;
    picture.key = byHeads(nn::linear(layer["cross_attn_token_to_image"]["key"], placed), heads);
    picture.value = byHeads(nn::linear(layer["cross_attn_token_to_image"]["value"], picture.embeddings), heads);
    picture.query = byHeads(nn::linear(layer["cross_attn_image_to_token"]["query"], placed), heads);
    return picture;
}

SamAnswer SamNetwork::ask(const SamPicture& picture, const at::Tensor& points) const {
    const c10::InferenceMode inference;
    const SamDecoderConfig& of = config_.decoder;
    const std::int64_t count = points.size(0), heads = of.heads;
    const nn::Params decoder = params()["mask_decoder"], prompts = params()["prompt_encoder"],
                     transformer = decoder["transformer"];
    const nn::Activation act = nn::activationFromName(of.activation);
    // A point's embedding, and one that says that no other follows. Half a pixel: points name pixels, by their corner.
    const at::Tensor placed =
        places((points.to(device_) + 0.5) / config_.imageSize) + prompts["point_embed"][1].tensor("weight");  // [N, C]
    const at::Tensor none = prompts["not_a_point_embed"].tensor("weight").expand({count, 1, -1});
    const at::Tensor asking = at::cat({decoder["iou_token"].tensor("weight"), decoder["mask_tokens"].tensor("weight")})
                                  .expand({count, -1, -1});
    const at::Tensor tokens = at::cat({asking, placed.unsqueeze(1), none}, 1);  // [N, 2 + masks + 2, C]

    at::Tensor queries = tokens, map = picture.embeddings;  // [N, Q, C], [1 or N, T, C]
    for (std::int64_t i = 0; i < of.layers; ++i) {
        const nn::Params layer = transformer["layers"][i];
        const nn::Params toImage = layer["cross_attn_token_to_image"], toTokens = layer["cross_attn_image_to_token"];
        const auto norm = [&](const char* name, const at::Tensor& x) { return nn::layerNorm(layer[name], x, of.eps); };
        const at::Tensor self = i == 0 ? queries : queries + tokens;
        queries = norm("layer_norm1",
                       attend(layer["self_attn"], self, self, queries, heads, i == 0 ? at::Tensor() : queries));
        const at::Tensor seen = i == 0 ? at::Tensor() : map + picture.places;
        if (i == 0) {
            const at::Tensor q = byHeads(nn::linear(toImage["query"], queries + tokens), heads);
            queries = joined(toImage, nn::attention(q, picture.key, picture.value, {}, false), queries);
        } else {
            queries = attend(toImage, queries + tokens, seen, map, heads, queries);
        }
        queries = norm("layer_norm2", queries);
        const at::Tensor wide = nn::linear(layer["mlp"]["lin1"], queries, act);
        queries = norm("layer_norm3", nn::linear(layer["mlp"]["lin2"], wide, nn::Activation::none, queries));
        const at::Tensor q = i == 0 ? picture.query.expand({count, -1, -1, -1}).contiguous()
                                    : byHeads(nn::linear(toTokens["query"], seen), heads);
        const at::Tensor k = byHeads(nn::linear(toTokens["key"], queries + tokens), heads),
                         v = byHeads(nn::linear(toTokens["value"], queries), heads);
        map = norm("layer_norm4", joined(toTokens, nn::attention(q, k, v, {}, false), map));
    }
    queries = nn::layerNorm(
        transformer["layer_norm_final_attn"],
        attend(transformer["final_attn_token_to_image"], queries + tokens, map + picture.places, map, heads, queries),
        kFinalEps);
    const at::Tensor iou = feedForward(decoder["iou_prediction_head"], queries.select(1, 0), of.iouLayers);
    // The first mask is for several points together (Kirillov et al. 2023, appendix A); one point has the others.
    return {iou.slice(1, 1), queries.slice(1, 2, 2 + of.masks), map};
}

at::Tensor SamNetwork::masks(const SamAnswer& answer, std::int64_t point, const at::Tensor& which) const {
    const c10::InferenceMode inference;
    const nn::Params decoder = params()["mask_decoder"];
    const std::int64_t side = config_.grid();
    const at::Tensor map =
        answer.map.slice(0, point, point + 1).transpose(1, 2).reshape({1, config_.width, side, side});
    at::Tensor large = overChannels(decoder["upscale_layer_norm"], nn::expandPixels(decoder["upscale_conv1"], map));
    large = at::gelu(nn::expandPixels(decoder["upscale_conv2"], at::gelu(large)));  // [1, C / 8, 4 g, 4 g]
    std::vector<at::Tensor> weights;
    for (std::int64_t i = 0; i < which.size(0); ++i) {
        const auto mask = which[i].item<std::int64_t>();
        weights.push_back(feedForward(decoder["output_hypernetworks_mlps"][mask + 1],
                                      answer.tokens.select(0, point).slice(0, mask, mask + 1), 3));
    }
    const at::Tensor flat = nn::matmul(at::cat(weights), large.flatten(2).squeeze(0));  // [k, 16 T]
    return flat.view({which.size(0), 4 * side, 4 * side});
}

}  // namespace maskwright::segmenters
