#include "core/clip/open_clip.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "core/nn/sizes.h"
#include "core/vision/modified_resnet_import.h"
#include "core/weights/openai_clip.h"

namespace maskwright::clip {

namespace {

Error unfit(Message what) {
    return {ErrorKind::weights, std::move(what), "take the open_clip_config.json that belongs to these weights"};
}

// Members that change nothing here, or nothing where they have open_clip's default.
constexpr std::array kVisionMembers = {"image_size",        "layers",     "width",         "head_width",
                                       "mlp_ratio",         "patch_size", "patch_dropout", "attn_pooler_queries",
                                       "attn_pooler_heads", "timm_drop",  "timm_proj",     "timm_pool",
                                       "n_queries"};
constexpr std::array kTextMembers = {"context_length",  "vocab_size", "width",  "heads",
                                     "layers",          "mlp_ratio",  "pad_id", "hf_tokenizer_name",
                                     "tokenizer_kwargs"};
constexpr std::array kModelMembers = {"embed_dim", "quick_gelu", "vision_cfg", "text_cfg"};

bool isDefault(std::string_view key, const Json& value) {
    if (value.is_null() || value == Json(false) || value == Json("")) {
        return true;
    }
    return (key == "pool_type" && (value == Json("tok") || value == Json("argmax"))) ||
           (key == "proj_type" && value == Json("linear")) || (key == "pos_embed_type" && value == Json("learnable")) ||
           (key == "embed_cls" && value == Json(false));
}

// The first member that asks for another network than those here.
template <class Known>
Result<void> refuseForeign(const Json& object, const Known& known, const std::string& where) {
    if (!object.is_object()) {
        return unfit(message("%1 is not an object", where));
    }
    for (const auto& [key, value] : object.items()) {
        const bool listed = std::any_of(known.begin(), known.end(), [&](const char* one) { return key == one; });
        if (!listed && !isDefault(key, value)) {
            return Error{ErrorKind::weights, message("%1 asks for %2, which is not done here", where, quoted(key)),
                         "choose a plain CLIP: a vision transformer or a modified ResNet with OpenAI's names"};
        }
    }
    return {};
}

std::int64_t inside(JsonReader& json, std::int64_t width) {
    return std::llround(double(width) * json.number("mlp_ratio", 4, 0.1, 64));
}

TextConfig readText(JsonReader json, const std::string& activation) {
    TextConfig t;
    t.hiddenSize = json.integer("width", 512, 1, nn::kMaxWidth);
    t.heads = json.integer("heads", 8, 1, nn::kMaxHeads);
    t.mlp = inside(json, t.hiddenSize);
    t.layers = json.integer("layers", 12, 1, nn::kMaxLayers);
    t.vocabulary = json.integer("vocab_size", 49408, 4, 4'000'000);
    t.positions = json.integer("context_length", 77, 2, 65536);
    t.activation = activation;
    return t;
}

Json trunkJson(JsonReader vision, const Json& members, const std::string& activation) {
    const std::int64_t width = vision.integer("width", 768, 1, nn::kMaxWidth);
    const std::int64_t head = vision.integer("head_width", 64, 1, nn::kMaxWidth);
    const std::int64_t side = vision.integer("image_size", 224, 1, 8192);
    if (members.contains("layers") && members["layers"].is_array()) {
        return {{"model_type", vision::ModifiedResNet::kName},
                {"width", width},
                {"layers", members["layers"]},
                {"image_size", side},
                {"num_attention_heads", std::max<std::int64_t>(1, width * vision::ModifiedResNet::kStride / head)}};
    }
    return {{"model_type", vision::Vit::kName},
            {"hidden_size", width},
            {"num_attention_heads", std::max<std::int64_t>(1, width / head)},
            {"intermediate_size", inside(vision, width)},
            {"num_hidden_layers", vision.integer("layers", 12, 1, nn::kMaxLayers)},
            {"patch_size", vision.integer("patch_size", 16, 1, 1024)},
            {"image_size", side},
            {"hidden_act", activation}};
}

const vision::ModifiedResNet* asResNet(const Config& config) {
    return std::get_if<vision::ModifiedResNet>(&config.vision.type());
}

const vision::Vit& asVit(const Config& config) {
    const auto* vit = std::get_if<vision::Vit>(&config.vision.type());
    if (vit == nullptr) {
        throw std::invalid_argument("OpenAI has no names for the trunk " + config.vision.name());
    }
    return *vit;
}

void rename(const nn::Params& given, const weights::OpenAiOrigins& origins, nn::TensorMap& out) {
    for (const auto& [name, origin] : origins) {
        at::Tensor tensor = given.tensor(origin.name);
        if (origin.parts > 1) {
            tensor = tensor.chunk(static_cast<std::int64_t>(origin.parts)).at(origin.part);
        }
        out["clip." + name] = origin.transposed ? tensor.t().contiguous() : tensor.contiguous();
    }
}

}  // namespace

Result<Config> readOpenClipConfig(const Json& json, const std::string& where) {
    JsonReader root(json, where, ErrorKind::weights);
    root.require("model_cfg");
    JsonReader model = root.object("model_cfg");
    model.require("vision_cfg");
    model.require("text_cfg");
    JsonReader vision = model.object("vision_cfg");
    const JsonReader text = model.object("text_cfg");
    MASKWRIGHT_TRY(root.status());
    const Json& members = json.at("model_cfg");
    const std::string at = where + ": ";
    MASKWRIGHT_TRY(refuseForeign(members, kModelMembers, at + "model_cfg"));
    MASKWRIGHT_TRY(refuseForeign(members.at("vision_cfg"), kVisionMembers, at + "vision_cfg"));
    MASKWRIGHT_TRY(refuseForeign(members.at("text_cfg"), kTextMembers, at + "text_cfg"));

    Config config;
    const std::string activation = model.boolean("quick_gelu", false) ? "quick_gelu" : "gelu";
    config.projection = model.integer("embed_dim", 512, 1, nn::kMaxWidth);
    config.text = readText(text, activation);
    const Json trunk = trunkJson(vision, members.at("vision_cfg"), activation);
    MASKWRIGHT_TRY(root.status());
    MASKWRIGHT_TRY(nn::checkTransformer(at + "text_cfg", config.text.hiddenSize, config.text.heads, activation));
    JsonReader trunkReader(trunk, at + "vision_cfg", ErrorKind::weights);
    auto read = vision::Trunk::read(trunkReader, at + "vision_cfg");
    if (!read) {
        return read.error();
    }
    config.vision = std::move(*read);
    return config;
}

weights::ExpectedTensors openClipShapes(const Config& config) {
    const TextConfig& t = config.text;
    weights::ExpectedTensors shapes =
        weights::openAiTextShapes({t.hiddenSize, t.layers, t.mlp}, t.vocabulary, t.positions, config.projection);
    if (const auto* resnet = asResNet(config)) {
        shapes.merge(weights::openAiResNetShapes(
            {resnet->width, resnet->layers, resnet->imageSize / vision::ModifiedResNet::kStride}, config.projection));
        return shapes;
    }
    const vision::Vit& vit = asVit(config);
    const std::int64_t side = vit.imageSize / vit.patch;
    shapes.merge(
        weights::openAiVitShapes({vit.hiddenSize, vit.layers, vit.mlp}, vit.patch, side * side + 1, config.projection));
    return shapes;
}

nn::TensorMap fromOpenClip(const nn::TensorMap& tensors, const Config& config) {
    nn::TensorMap out;
    const nn::Params given(tensors);
    rename(given, weights::openAiText(config.text.layers), out);
    const auto* resnet = asResNet(config);
    if (resnet == nullptr) {
        rename(given, weights::openAiVit(asVit(config).layers), out);
        return out;
    }
    nn::TensorMap tower;
    const std::string prefix = "visual.";
    for (auto at = tensors.lower_bound(prefix); at != tensors.end() && at->first.starts_with(prefix); ++at) {
        tower[at->first.substr(prefix.size())] = at->second;
    }
    vision::ImportedResNet imported = vision::importResNet(tower, *resnet);
    for (auto& [name, tensor] : imported.trunk) {
        out["clip.vision_model." + name] = std::move(tensor);
    }
    out["clip.visual_projection.weight"] = std::move(imported.projectionWeight);
    out["clip.visual_projection.bias"] = std::move(imported.projectionBias);
    return out;
}

}  // namespace maskwright::clip
