#include "core/clip/config.h"

#include <cmath>

#include "core/nn/sizes.h"

namespace maskwright::clip {

namespace {

constexpr std::int64_t kMaxVocabulary = 4'000'000;

TextConfig readText(JsonReader json) {
    TextConfig t;
    t.hiddenSize = json.integer("hidden_size", t.hiddenSize, 1, nn::kMaxWidth);
    t.heads = json.integer("num_attention_heads", t.heads, 1, nn::kMaxHeads);
    t.mlp = json.integer("intermediate_size", t.mlp, 1, 4 * nn::kMaxWidth);
    t.layers = json.integer("num_hidden_layers", t.layers, 1, nn::kMaxLayers);
    t.vocabulary = json.integer("vocab_size", t.vocabulary, 4, kMaxVocabulary);
    t.positions = json.integer("max_position_embeddings", t.positions, 2, 65536);
    t.eps = json.number("layer_norm_eps", t.eps, 0, 1);
    t.activation = json.string("hidden_act", t.activation);
    t.bos = json.integer("bos_token_id", t.bos, 0, kMaxVocabulary);
    t.eos = json.integer("eos_token_id", t.eos, 0, kMaxVocabulary);
    t.tokenizer = json.string("tokenizer", t.tokenizer);
    return t;
}

PooledHead readPooledHead(JsonReader& json) {
    PooledHead head;
    head.names = json.integer("pooled_names", head.names, 0, kMaxVocabulary);
    head.mlp = json.integer("pooled_mlp", head.mlp, 1, nn::kMaxWidth);
    head.scale = json.number("pooled_scale", head.scale, 0, 1000);
    return head;
}

Result<void> checkText(const TextConfig& t, const std::string& where) {
    MASKWRIGHT_TRY(nn::checkTransformer(where, t.hiddenSize, t.heads, t.activation));
    if (t.tokenizer != "clip_bpe" && t.tokenizer != "sentencepiece") {
        return Error{ErrorKind::weights,
                     message("%1.tokenizer is %2, not clip_bpe or sentencepiece", where, quoted(t.tokenizer)),
                     "take the config.json that belongs to these weights"};
    }
    return {};
}

// CLIP's own start: 0.02 for tokens, 0.01 for positions, and what is added to the residual stream smaller the deeper
// the tower (openai/CLIP clip/model.py, initialize_parameters).
void declareText(const TextConfig& t, const nn::Declaration& d) {
    d["embeddings"].tensor("token_embedding.weight", {t.vocabulary, t.hiddenSize}, nn::Role::embedding,
                           nn::normal(0.02));
    d["embeddings"].tensor("position_embedding.weight", {t.positions, t.hiddenSize}, nn::Role::embedding,
                           nn::normal(0.01));
    const double gain = 1 / std::sqrt(2.0 * static_cast<double>(t.layers));
    for (std::int64_t i = 0; i < t.layers; ++i) {
        d["encoder"]["layers"][i].transformerBlock(t.hiddenSize, t.mlp, gain);
    }
    d["final_layer_norm"].layerNorm(t.hiddenSize);
}

}  // namespace

Result<Config> readConfig(const Json& json, const std::string& where) {
    Config config;
    JsonReader root(json, where, ErrorKind::weights);
    config.projection = root.integer("projection_dim", config.projection, 1, nn::kMaxWidth);
    config.logitScaleInit = root.number("logit_scale_init_value", config.logitScaleInit, -100, 100);
    config.text = readText(root.object("text_config"));
    JsonReader vision = root.object("vision_config");
    auto trunk = vision::Trunk::read(vision, where + ": vision_config");
    if (trunk && trunk->hasMaps()) {
        config.pooledHead = readPooledHead(vision);
    }
    MASKWRIGHT_TRY(root.status());
    MASKWRIGHT_TRY(checkText(config.text, where + ": text_config"));
    if (!trunk) {
        return trunk.error();
    }
    config.vision = std::move(*trunk);
    return config;
}

Json toJson(const Config& config) {
    const TextConfig& t = config.text;
    const Json text = {{"model_type", "clipseg_text_model"},
                       {"hidden_size", t.hiddenSize},
                       {"num_attention_heads", t.heads},
                       {"intermediate_size", t.mlp},
                       {"num_hidden_layers", t.layers},
                       {"vocab_size", t.vocabulary},
                       {"max_position_embeddings", t.positions},
                       {"layer_norm_eps", t.eps},
                       {"hidden_act", t.activation},
                       {"bos_token_id", t.bos},
                       {"eos_token_id", t.eos},
                       {"tokenizer", t.tokenizer}};
    Json vision = config.vision.toJson();
    if (config.vision.hasMaps()) {
        vision["pooled_names"] = config.pooledHead.names;
        vision["pooled_mlp"] = config.pooledHead.mlp;
        vision["pooled_scale"] = config.pooledHead.scale;
    }
    return {{"projection_dim", config.projection},
            {"logit_scale_init_value", config.logitScaleInit},
            {"text_config", text},
            {"vision_config", vision}};
}

nn::Parameters parameters(const Config& config) {
    using nn::Declaration, nn::Part, nn::Role;
    nn::Parameters all;
    const std::int64_t projection = config.projection, text = config.text.hiddenSize,
                       hidden = config.vision.hiddenSize();
    const auto under = [&](Part part) { return Declaration(all, part)["clip"]; };
    under(Part::temperature).tensor("logit_scale", {}, Role::scalar, nn::constant(config.logitScaleInit));
    declareText(config.text, under(Part::textTower)["text_model"]);
    under(Part::textProjection)
        .tensor("text_projection.weight", {projection, text}, Role::matrix,
                nn::normal(1 / std::sqrt(static_cast<double>(text))));
    config.vision.declare(under(Part::visionTower)["vision_model"]);
    // A trunk that names what it sees has its joint space in the decoder.
    if (config.vision.names() == 0) {
        under(Part::visualProjection)
            .tensor("visual_projection.weight", {projection, hidden}, Role::matrix,
                    nn::normal(1 / std::sqrt(static_cast<double>(hidden))));
        if (config.vision.projectsWithBias()) {
            under(Part::visualProjection).tensor("visual_projection.bias", {projection}, Role::bias);
        }
    }
    if (config.pooledHead.names > 0) {
        all.merge(pooledHeadParameters(config.pooledHead, projection));
    }
    return all;
}

nn::Parameters pooledHeadParameters(const PooledHead& head, std::int64_t projection) {
    nn::Parameters all;
    const nn::Declaration d = nn::Declaration(all, nn::Part::pooledHead)["clip"]["pooled_head"];
    // LibTorch's own start of a linear layer (uniform up to the root of 1 / inputs), but normal; the second adds
    // nothing at first.
    d["fc1"].linear(head.mlp, projection, 1 / std::sqrt(3.0));
    d["fc2"].tensor("weight", {projection, head.mlp}, nn::Role::matrix);
    d["fc2"].tensor("bias", {projection}, nn::Role::bias);
    d.tensor("names", {head.names, projection}, nn::Role::embedding);
    return all;
}

}  // namespace maskwright::clip
