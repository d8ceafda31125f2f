#include "core/clip/config.h"

namespace maskwright::clip {

namespace {

constexpr std::int64_t kMaxWidth = 16384, kMaxLayers = 128, kMaxVocabulary = 4'000'000;

void checkHeads(std::int64_t width, std::int64_t heads, const std::string& where, std::string& problem) {
    if (problem.empty() && width % heads != 0) {
        problem = where + " has hidden_size " + std::to_string(width) + ", which its " + std::to_string(heads) +
                  " attention heads do not divide";
    }
}

void checkActivation(const std::string& name, const std::string& where, std::string& problem) {
    if (problem.empty() && name != "quick_gelu" && name != "gelu" && name != "relu") {
        problem = where + ".hidden_act is " + quoted(name) + ", not quick_gelu, gelu or relu";
    }
}

void addLinear(Shapes& shapes, const std::string& name, std::int64_t out, std::int64_t in) {
    shapes[name + ".weight"] = {out, in};
    shapes[name + ".bias"] = {out};
}

void addNorm(Shapes& shapes, const std::string& name, std::int64_t width) {
    shapes[name + ".weight"] = {width};
    shapes[name + ".bias"] = {width};
}

void addConv(Shapes& shapes, const std::string& name, std::int64_t out, std::int64_t in, std::int64_t kernel) {
    shapes[name + ".weight"] = {out, in, kernel, kernel};
    shapes[name + ".bias"] = {out};
}

}  // namespace

void addTransformerBlock(Shapes& shapes, const std::string& name, std::int64_t width, std::int64_t hidden) {
    for (const char* part : {"q_proj", "k_proj", "v_proj", "out_proj"}) {
        addLinear(shapes, name + ".self_attn." + part, width, width);
    }
    addNorm(shapes, name + ".layer_norm1", width);
    addNorm(shapes, name + ".layer_norm2", width);
    addLinear(shapes, name + ".mlp.fc1", hidden, width);
    addLinear(shapes, name + ".mlp.fc2", width, hidden);
}

std::vector<Block> VisionConfig::blocks() const {
    std::vector<Block> blocks;
    std::int64_t reached = 2, dilation = 1, in = stemChannels;  // the stem halves the picture
    for (const Stage& stage : stages) {
        for (std::int64_t i = 0; i < stage.repeats; ++i) {
            Block block{stage.expand, stage.kernel, i == 0 ? stage.stride : 1, dilation, in, stage.channels};
            if (block.stride > 1 && reached * block.stride > outputStride) {
                dilation *= block.stride;  // from the next kernel on: this one still sees the undilated grid
                block.stride = 1;
            }
            reached *= block.stride;
            in = stage.channels;
            blocks.push_back(block);
        }
    }
    return blocks;
}

std::int64_t VisionConfig::blockCount() const { return isVit() ? layers : static_cast<std::int64_t>(blocks().size()); }

std::int64_t VisionConfig::channelsAfter(std::int64_t block) const {
    return isVit() ? hiddenSize : blocks().at(static_cast<std::size_t>(block)).out;
}

Result<Config> readConfig(const Json& json, const std::string& where) {
    Config config;
    JsonReader root(json, where, ErrorKind::weights);
    config.projection = root.integer("projection_dim", config.projection, 1, kMaxWidth);
    config.logitScaleInit = root.number("logit_scale_init_value", config.logitScaleInit, -100, 100);

    JsonReader text = root.object("text_config");
    TextConfig& t = config.text;
    t.hiddenSize = text.integer("hidden_size", t.hiddenSize, 1, kMaxWidth);
    t.heads = text.integer("num_attention_heads", t.heads, 1, 1024);
    t.mlp = text.integer("intermediate_size", t.mlp, 1, 4 * kMaxWidth);
    t.layers = text.integer("num_hidden_layers", t.layers, 1, kMaxLayers);
    t.vocabulary = text.integer("vocab_size", t.vocabulary, 4, kMaxVocabulary);
    t.positions = text.integer("max_position_embeddings", t.positions, 2, 65536);
    t.eps = text.number("layer_norm_eps", t.eps, 0, 1);
    t.activation = text.string("hidden_act", t.activation);
    t.bos = text.integer("bos_token_id", t.bos, 0, kMaxVocabulary);
    t.eos = text.integer("eos_token_id", t.eos, 0, kMaxVocabulary);
    t.tokenizer = text.string("tokenizer", t.tokenizer);

    JsonReader vision = root.object("vision_config");
    VisionConfig& v = config.vision;
    v.modelType = vision.string("model_type", v.modelType);
    if (v.modelType == "clipseg_vision_model" || v.modelType == "clip_vision_model") {
        v.modelType = "clip_vit";
    }
    std::vector<std::int64_t> flat;
    if (v.isVit()) {
        v.hiddenSize = vision.integer("hidden_size", v.hiddenSize, 1, kMaxWidth);
        v.heads = vision.integer("num_attention_heads", v.heads, 1, 1024);
        v.mlp = vision.integer("intermediate_size", v.mlp, 1, 4 * kMaxWidth);
        v.layers = vision.integer("num_hidden_layers", v.layers, 1, kMaxLayers);
        v.patch = vision.integer("patch_size", 32, 1, 1024);  // 32 where absent, as CLIPSegVisionConfig
        v.imageSize = vision.integer("image_size", v.imageSize, 1, 8192);
        v.channels = vision.integer("num_channels", v.channels, 3, 3);
        v.eps = vision.number("layer_norm_eps", v.eps, 0, 1);
        v.activation = vision.string("hidden_act", v.activation);
    } else if (v.modelType == "efficientnet_lite") {
        v.hiddenSize = vision.integer("hidden_size", 1280, 1, kMaxWidth);
        v.imageSize = vision.integer("image_size", 352, 1, 8192);
        v.stemChannels = vision.integer("stem_channels", v.stemChannels, 1, kMaxWidth);
        v.outputStride = vision.integer("output_stride", v.outputStride, 2, 64);
        v.pooledSize = vision.integer("pooled_size", v.pooledSize, 0, 8192);
        v.pooledNames = vision.integer("pooled_names", v.pooledNames, 0, kMaxVocabulary);
        v.pooledMlp = vision.integer("pooled_mlp", v.pooledMlp, 1, kMaxWidth);
        v.pooledScale = vision.number("pooled_scale", v.pooledScale, 0, 1000);
        for (const Stage& s : v.stages) {
            flat.insert(flat.end(), {s.expand, s.kernel, s.stride, s.channels, s.repeats});
        }
        // Five numbers a stage: expand, kernel, stride, channels, repeats.
        flat = vision.integers("stages", flat, 1, kMaxWidth, 5 * 32);
    }
    MASKWRIGHT_TRY(root.status());

    std::string problem;
    const std::string textWhere = where + ": text_config", visionWhere = where + ": vision_config";
    checkHeads(t.hiddenSize, t.heads, textWhere, problem);
    checkActivation(t.activation, textWhere, problem);
    if (problem.empty() && t.tokenizer != "clip_bpe" && t.tokenizer != "sentencepiece") {
        problem = textWhere + ".tokenizer is " + quoted(t.tokenizer) + ", not clip_bpe or sentencepiece";
    }
    if (v.isVit()) {
        checkHeads(v.hiddenSize, v.heads, visionWhere, problem);
        checkActivation(v.activation, visionWhere, problem);
        if (problem.empty() && v.imageSize < v.patch) {
            problem = visionWhere + ".image_size is smaller than patch_size";
        }
    } else if (v.modelType == "efficientnet_lite") {
        if (flat.empty() || flat.size() % 5 != 0) {
            problem = visionWhere + ".stages needs five numbers a stage";
        }
        v.stages.clear();
        std::int64_t blocks = 0;
        for (std::size_t i = 0; problem.empty() && i < flat.size(); i += 5) {
            const Stage stage{flat[i], flat[i + 1], flat[i + 2], flat[i + 3], flat[i + 4]};
            blocks += stage.repeats;
            if (stage.kernel > 15 || stage.kernel % 2 == 0 || stage.stride > 2 || stage.expand > 16 ||
                blocks > kMaxLayers) {
                problem = visionWhere +
                          ".stages has a stage outside the sane: kernel odd and at most 15, stride at most "
                          "2, expand at most 16, " +
                          std::to_string(kMaxLayers) + " blocks in all";
            }
            v.stages.push_back(stage);
        }
        if (problem.empty() && (v.outputStride & (v.outputStride - 1)) != 0) {
            problem = visionWhere + ".output_stride is not a power of two";
        }
    } else {
        problem =
            visionWhere + ".model_type is " + quoted(v.modelType) + ", not clipseg_vision_model or efficientnet_lite";
    }
    if (!problem.empty()) {
        return Error{ErrorKind::weights, problem, "take the config.json that belongs to these weights"};
    }
    return config;
}

Json toJson(const Config& config) {
    const TextConfig& t = config.text;
    const VisionConfig& v = config.vision;
    Json text = {{"model_type", "clipseg_text_model"},
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
    Json vision;
    if (v.isVit()) {
        vision = {{"model_type", "clipseg_vision_model"},
                  {"hidden_size", v.hiddenSize},
                  {"num_attention_heads", v.heads},
                  {"intermediate_size", v.mlp},
                  {"num_hidden_layers", v.layers},
                  {"patch_size", v.patch},
                  {"image_size", v.imageSize},
                  {"num_channels", v.channels},
                  {"layer_norm_eps", v.eps},
                  {"hidden_act", v.activation}};
    } else {
        Json stages = Json::array();
        for (const Stage& s : v.stages) {
            for (const std::int64_t number : {s.expand, s.kernel, s.stride, s.channels, s.repeats}) {
                stages.push_back(number);
            }
        }
        vision = {{"model_type", v.modelType},       {"hidden_size", v.hiddenSize},
                  {"image_size", v.imageSize},       {"stem_channels", v.stemChannels},
                  {"output_stride", v.outputStride}, {"pooled_size", v.pooledSize},
                  {"pooled_names", v.pooledNames},   {"pooled_mlp", v.pooledMlp},
                  {"pooled_scale", v.pooledScale},   {"stages", stages}};
    }
    return {{"projection_dim", config.projection},
            {"logit_scale_init_value", config.logitScaleInit},
            {"text_config", text},
            {"vision_config", vision}};
}

Shapes tensorShapes(const Config& config) {
    Shapes shapes;
    const TextConfig& t = config.text;
    const VisionConfig& v = config.vision;
    shapes["clip.logit_scale"] = {};
    const std::string text = "clip.text_model.";
    shapes[text + "embeddings.token_embedding.weight"] = {t.vocabulary, t.hiddenSize};
    shapes[text + "embeddings.position_embedding.weight"] = {t.positions, t.hiddenSize};
    for (std::int64_t i = 0; i < t.layers; ++i) {
        addTransformerBlock(shapes, text + "encoder.layers." + std::to_string(i), t.hiddenSize, t.mlp);
    }
    addNorm(shapes, text + "final_layer_norm", t.hiddenSize);
    shapes["clip.text_projection.weight"] = {config.projection, t.hiddenSize};
    shapes["clip.visual_projection.weight"] = {config.projection, v.hiddenSize};

    const std::string vision = "clip.vision_model.";
    if (v.isVit()) {
        const std::int64_t side = v.imageSize / v.patch;
        shapes[vision + "embeddings.class_embedding"] = {v.hiddenSize};
        shapes[vision + "embeddings.patch_embedding.weight"] = {v.hiddenSize, v.channels, v.patch, v.patch};
        shapes[vision + "embeddings.position_embedding.weight"] = {side * side + 1, v.hiddenSize};
        addNorm(shapes, vision + "pre_layrnorm", v.hiddenSize);  // sic: the published key
        for (std::int64_t i = 0; i < v.layers; ++i) {
            addTransformerBlock(shapes, vision + "encoder.layers." + std::to_string(i), v.hiddenSize, v.mlp);
        }
        addNorm(shapes, vision + "post_layernorm", v.hiddenSize);
        return shapes;
    }
    addConv(shapes, vision + "stem", v.stemChannels, 3, 3);
    const std::vector<Block> blocks = v.blocks();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const Block& b = blocks[i];
        const std::string name = vision + "blocks." + std::to_string(i);
        const std::int64_t wide = b.in * b.expand;
        if (b.expand != 1) {
            addConv(shapes, name + ".expand", wide, b.in, 1);
        }
        addConv(shapes, name + ".depthwise", wide, 1, b.kernel);
        addConv(shapes, name + ".project", b.out, wide, 1);
    }
    addConv(shapes, vision + "head", v.hiddenSize, blocks.back().out, 1);
    if (v.pooledNames > 0) {
        const std::string head = "clip.pooled_head.";
        shapes[head + "fc1.weight"] = {v.pooledMlp, config.projection};
        shapes[head + "fc1.bias"] = {v.pooledMlp};
        shapes[head + "fc2.weight"] = {config.projection, v.pooledMlp};
        shapes[head + "fc2.bias"] = {config.projection};
        shapes[head + "names"] = {v.pooledNames, config.projection};
    }
    return shapes;
}

}  // namespace maskwright::clip
