#include "core/segmenters/sam_config.h"

#include <cmath>
#include <filesystem>

#include "core/nn/sizes.h"
#include "core/segmenters/loaded.h"

namespace maskwright::segmenters {

namespace {

namespace fs = std::filesystem;
using nn::Declaration, nn::Role;

constexpr std::int64_t kUpscaled = 8;  // the upscaled map has so many times fewer channels (modeling_sam.py)

Error fault(Message what) {
    return {ErrorKind::weights, std::move(what), "take the config.json that belongs to these weights"};
}

SamDecoderConfig readDecoder(JsonReader json) {
    SamDecoderConfig d;
    d.heads = json.integer("num_attention_heads", d.heads, 1, nn::kMaxHeads);
    d.mlp = json.integer("mlp_dim", d.mlp, 1, 4 * nn::kMaxWidth);
    d.layers = json.integer("num_hidden_layers", d.layers, 1, nn::kMaxLayers);
    d.downsample = json.integer("attention_downsample_rate", d.downsample, 1, 64);
    d.masks = json.integer("num_multimask_outputs", d.masks, 1, 16);
    d.iouLayers = json.integer("iou_head_depth", d.iouLayers, 2, 16);
    d.iouWidth = json.integer("iou_head_hidden_dim", d.iouWidth, 1, nn::kMaxWidth);
    d.eps = json.number("layer_norm_eps", d.eps, 0, 1);
    d.activation = json.string("hidden_act", d.activation);
    return d;
}

template <class Type>
Result<SamConfig::Encoder> readAs(JsonReader& json, const std::string& where) {
    auto encoder = Type::read(json, where);
    if (!encoder) {
        return encoder.error();
    }
    return SamConfig::Encoder(std::move(*encoder));
}

Result<SamConfig::Encoder> readEncoder(JsonReader& json, const std::string& where) {
    return json.string("model_type", "") == vision::TinyVit::kName ? readAs<vision::TinyVit>(json, where)
                                                                   : readAs<vision::SamVit>(json, where);
}

Result<void> check(const SamConfig& c, const std::string& where, std::int64_t places) {
    const SamDecoderConfig& d = c.decoder;
    MASKWRIGHT_TRY(nn::checkTransformer(where + ": mask_decoder_config", c.width, d.heads, d.activation));
    if (c.width % kUpscaled != 0 || c.width % (d.downsample * d.heads) != 0) {
        return fault(message("%1: a decoder %2 wide cannot have %3 heads", where, c.width, d.heads));
    }
    if (2 * places != c.width) {
        return fault(message("%1: vision_config.num_pos_feats is %2, half of %3 is needed", where, places, c.width));
    }
    return {};
}

// Three numbers above `above`; those given where the member is missing.
Result<std::array<float, 3>> channels(const Json& json, const char* key, const std::array<float, 3>& missing,
                                      double above, const std::string& where) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null()) {
        return missing;
    }
    std::array<float, 3> values{};
    bool fits = found->is_array() && found->size() == 3;
    for (std::size_t i = 0; fits && i < 3; ++i) {
        fits =
            (*found)[i].is_number() && std::abs((*found)[i].get<double>()) < 1e6 && (*found)[i].get<double>() > above;
        values[i] = fits ? (*found)[i].get<float>() : 0;
    }
    return fits ? Result<std::array<float, 3>>(values)
                : fault(message("%1: %2 is not three numbers that a picture can be scaled by", where, quoted(key)));
}

Result<void> readPreprocessing(const fs::path& folder, SamConfig& config) {
    const fs::path path = folder / "preprocessor_config.json";
    std::error_code code;
    config.longest = config.imageSize;
    if (!fs::exists(path, code)) {
        return {};
    }
    const std::string where = path.string();
    const auto json = readJsonFile(where, ErrorKind::weights);
    if (!json) {
        return json.error();
    }
    JsonReader reader(*json, where, ErrorKind::weights);
    for (const char* step : {"do_resize", "do_rescale", "do_normalize", "do_pad"}) {
        if (!reader.boolean(step, true)) {
            return fault(message("%1: %2 is false, which is not done here", where, step));
        }
    }
    reader.integer("resample", 2, 2, 2);
    reader.number("rescale_factor", 1.0 / 255, 0.99 / 255, 1.01 / 255);
    config.longest = reader.object("size").integer("longest_edge", config.imageSize, 1, config.imageSize);
    MASKWRIGHT_TRY(reader.status());
    const auto mean = channels(*json, "image_mean", config.mean, -1e6, where);
    const auto deviation = channels(*json, "image_std", config.deviation, 0, where);
    if (!mean || !deviation) {
        return mean ? deviation.error() : mean.error();
    }
    config.mean = *mean;
    config.deviation = *deviation;
    return {};
}

void declareAttention(const Declaration& d, std::int64_t width, std::int64_t inner) {
    for (const char* name : {"query", "key", "value"}) {
        d[name].linear(inner, width);
    }
    d["out_proj"].linear(width, inner);
}

void declareMlp(const Declaration& d, std::int64_t in, std::int64_t wide, std::int64_t out, std::int64_t layers) {
    d["proj_in"].linear(wide, in);
    for (std::int64_t i = 0; i + 2 < layers; ++i) {
        d["layers"][i].linear(wide, wide);
    }
    d["proj_out"].linear(out, wide);
}

void declareDecoder(const SamConfig& c, const Declaration& d) {
    const SamDecoderConfig& of = c.decoder;
    const std::int64_t inner = c.width / of.downsample;
    d["iou_token"].tensor("weight", {1, c.width}, Role::embedding, nn::normal(1));
    d["mask_tokens"].tensor("weight", {of.masks + 1, c.width}, Role::embedding, nn::normal(1));
    for (std::int64_t i = 0; i < of.layers; ++i) {
        const Declaration layer = d["transformer"]["layers"][i];
        declareAttention(layer["self_attn"], c.width, c.width);
        declareAttention(layer["cross_attn_token_to_image"], c.width, inner);
        declareAttention(layer["cross_attn_image_to_token"], c.width, inner);
        for (const char* norm : {"layer_norm1", "layer_norm2", "layer_norm3", "layer_norm4"}) {
            layer[norm].layerNorm(c.width);
        }
        layer["mlp"]["lin1"].linear(of.mlp, c.width);
        layer["mlp"]["lin2"].linear(c.width, of.mlp);
    }
    declareAttention(d["transformer"]["final_attn_token_to_image"], c.width, inner);
    d["transformer"]["layer_norm_final_attn"].layerNorm(c.width);
    d["upscale_conv1"].expandPixels(c.width / 4, c.width, 2);
    d["upscale_layer_norm"].layerNorm(c.width / 4);
    d["upscale_conv2"].expandPixels(c.width / kUpscaled, c.width / 4, 2);
    for (std::int64_t i = 0; i <= of.masks; ++i) {
        declareMlp(d["output_hypernetworks_mlps"][i], c.width, c.width, c.width / kUpscaled, 3);
    }
    declareMlp(d["iou_prediction_head"], c.width, of.iouWidth, of.masks + 1, of.iouLayers);
}

}  // namespace

std::int64_t SamConfig::grid() const {
    return std::visit([](const auto& e) { return e.grid(); }, encoder);
}

std::string SamConfig::encoderName() const {
    return std::holds_alternative<vision::TinyVit>(encoder) ? "MobileSAM-TinyViT" : "SAM-ViT";
}

Result<SamConfig> readSamConfig(const std::string& folder) {
    const std::string where = (fs::path(folder) / kConfig).string();
    const auto json = readJsonFile(where, ErrorKind::weights);
    if (!json) {
        return json.error();
    }
    JsonReader root(*json, where, ErrorKind::weights);
    const std::string type = root.string("model_type", "");
    MASKWRIGHT_TRY(root.status());
    if (type != "sam") {
        return Error{ErrorKind::weights, message("%1: model_type is %2, %3 is needed", where, quoted(type, 40), "sam"),
                     "give a folder in the layout of transformers' SamModel, such as facebook/sam-vit-base"};
    }
    SamConfig config;
    JsonReader vision = root.object("vision_config");
    const std::int64_t width = vision.integer("output_channels", 256, 1, nn::kMaxWidth);
    const std::int64_t places = vision.integer("num_pos_feats", width / 2, 1, nn::kMaxWidth);
    config.width = root.object("prompt_encoder_config").integer("hidden_size", width, width, width);
    JsonReader decoder = root.object("mask_decoder_config");
    decoder.integer("hidden_size", width, width, width);
    config.decoder = readDecoder(decoder);
    auto encoder = readEncoder(vision, where + ": vision_config");
    MASKWRIGHT_TRY(root.status());
    if (!encoder) {
        return encoder.error();
    }
    config.encoder = std::move(*encoder);
    config.imageSize = std::visit([](const auto& one) { return one.imageSize; }, config.encoder);
    MASKWRIGHT_TRY(check(config, where, places));
    MASKWRIGHT_TRY(readPreprocessing(folder, config));
    return config;
}

nn::Parameters samParameters(const SamConfig& c) {
    nn::Parameters all;
    const Declaration root(all, nn::Part::visionTower);
    const auto outputs = std::visit(
        [&](const auto& encoder) {
            encoder.declare(root["vision_encoder"]);
            return encoder.channels();
        },
        c.encoder);
    const Declaration neck = root["vision_encoder"]["neck"];
    neck["conv1"].tensor("weight", {c.width, outputs, 1, 1}, Role::convolution, nn::normal(0.1));
    neck["layer_norm1"].layerNorm(c.width);
    neck["conv2"].tensor("weight", {c.width, c.width, 3, 3}, Role::convolution, nn::normal(0.1));
    neck["layer_norm2"].layerNorm(c.width);
    root["shared_image_embedding"].tensor("positional_embedding", {2, c.width / 2}, Role::embedding, nn::normal(1));
    // Of the prompts only a point inside, and what stands for no more points and for no mask.
    root["prompt_encoder"]["point_embed"][1].tensor("weight", {1, c.width}, Role::embedding, nn::normal(1));
    root["prompt_encoder"]["not_a_point_embed"].tensor("weight", {1, c.width}, Role::embedding, nn::normal(1));
    root["prompt_encoder"]["no_mask_embed"].tensor("weight", {1, c.width}, Role::embedding, nn::normal(1));
    declareDecoder(c, root["mask_decoder"]);
    return all;
}

std::string samFileName(const std::string& declared) {
    std::string name = declared;
    for (const char* part : {"query", "key", "value"}) {
        if (const std::size_t at = name.find("." + std::string(part) + "."); at != std::string::npos) {
            name.replace(at + 1, std::string(part).size(), std::string(1, part[0]) + "_proj");
        }
    }
    return name;
}

}  // namespace maskwright::segmenters
