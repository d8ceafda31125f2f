#include "core/weights/clip_source.h"

#include <cmath>
#include <utility>

#include "core/weights/torch_pickle.h"

namespace maskwright::weights {
namespace {

constexpr JsonLimits kConfigLimits{.bytes = 4u << 20, .depth = 32, .elements = 100'000};
constexpr std::int64_t kMaxLayers = 1000;
constexpr std::int64_t kMaxSide = std::int64_t{1} << 24;

// Sizes read off tensors; remembers the first that is not there.
class Shapes {
  public:
    Shapes(const SafetensorsFile& file, std::string prefix) : file_(file), prefix_(std::move(prefix)) {}

    std::int64_t side(const std::string& name, std::size_t rank, std::size_t axis) {
        const auto found = file_.tensors().find(prefix_ + name);
        if (found == file_.tensors().end()) {
            return wrong(message("tensor %1 is missing", quoted(prefix_ + name)));
        }
        const auto& shape = found->second.shape;
        if (shape.size() != rank || shape[axis] < 1 || shape[axis] > kMaxSide) {
            return wrong(message("tensor %1 has the shape %2", quoted(prefix_ + name), shapeText(shape)));
        }
        return shape[axis];
    }
    // The number of blocks under `tower`.
    [[nodiscard]] std::int64_t layers(const std::string& tower) const {
        std::int64_t count = 0;
        while (count < kMaxLayers && file_.tensors().contains(prefix_ + tower + ".encoder.layers." +
                                                              std::to_string(count) + ".layer_norm1.weight")) {
            ++count;
        }
        return count;
    }

    Message problem;

  private:
    std::int64_t wrong(const Message& what) {
        if (problem.empty()) {
            problem = message("%1: %2", file_.name(), what);
        }
        return 1;
    }

    const SafetensorsFile& file_;
    std::string prefix_;
};

// One tower's configuration: what the tensors say, which config.json may repeat but not contradict.
class TowerConfig {
  public:
    // `file` opens the messages, `path` ("text_config.") the names of the members in them.
    TowerConfig(JsonReader reader, std::string file, std::string path, const char* modelType)
        : reader_(std::move(reader)),
          file_(std::move(file)),
          path_(std::move(path)),
          out_({{"model_type", modelType}}) {}

    void fromTensors(const std::string& key, std::int64_t value) {
        const std::int64_t claimed = reader_.integer(key, value, 0, INT64_MAX);
        if (claimed != value && problem.empty()) {
            problem =
                message("%1: %2", file_, message("%1 is %2, but the tensors say %3", path_ + key, claimed, value));
        }
        out_[key] = value;
    }
    void integer(const std::string& key, std::int64_t fallback, std::int64_t low, std::int64_t high) {
        out_[key] = reader_.integer(key, fallback, low, high);
    }
    void heads(std::int64_t fallback, std::int64_t width) {
        const std::int64_t count = reader_.integer("num_attention_heads", fallback, 1, width);
        if (width % count != 0 && problem.empty()) {
            problem =
                message("%1: %2", file_,
                        message("%1 is %2, which does not divide %3", path_ + "num_attention_heads", count, width));
        }
        out_["num_attention_heads"] = count;
    }
    void common() {
        out_["hidden_act"] = reader_.string("hidden_act", "quick_gelu");
        out_["layer_norm_eps"] = reader_.number("layer_norm_eps", 1e-5, 0, 1);
        out_["attention_dropout"] = 0.0;
    }
    Json take() { return std::move(out_); }

    Message problem;

  private:
    JsonReader reader_;
    std::string file_, path_;
    Json out_;
};

Error mismatch(const Message& problem) {
    return {ErrorKind::weights, problem, "give a folder whose config.json and model.safetensors belong together"};
}

}  // namespace

void expectLinear(ExpectedTensors& names, const std::string& name, std::int64_t out, std::int64_t in) {
    names[name + ".weight"] = {out, in};
    names[name + ".bias"] = {out};
}

void expectNorm(ExpectedTensors& names, const std::string& name, std::int64_t width) {
    names[name + ".weight"] = {width};
    names[name + ".bias"] = {width};
}

void expectBlock(ExpectedTensors& names, const std::string& name, std::int64_t width, std::int64_t mlp) {
    for (const char* part : {"q", "k", "v", "out"}) {
        expectLinear(names, name + ".self_attn." + part + "_proj", width, width);
    }
    expectNorm(names, name + ".layer_norm1", width);
    expectNorm(names, name + ".layer_norm2", width);
    expectLinear(names, name + ".mlp.fc1", mlp, width);
    expectLinear(names, name + ".mlp.fc2", width, mlp);
}

Result<ClipSource> ClipSource::open(const std::string& folder) {
    std::error_code code;
    if (std::filesystem::is_regular_file(folder, code)) {
        // People have OpenAI's ViT-B-16.pt; its own message says what to do with it first.
        const auto file = TorchFile::open(folder);
        return file ? Error{ErrorKind::weights, message("%1 is a file, a CLIP folder is needed", folder),
                            "give a Hugging Face folder such as openai/clip-vit-base-patch16"}
                    : file.error();
    }
    auto files = locateModel(folder);
    if (!files) {
        return files.error();
    }
    auto config = readJsonFile(files->config, ErrorKind::weights, kConfigLimits);
    if (!config) {
        return config.error();
    }
    JsonReader reader(*config, files->config, ErrorKind::weights);
    const std::string type = reader.string("model_type", "");
    MASKWRIGHT_TRY(reader.status());
    if (type != "clip" && type != "clipseg") {
        return Error{
            ErrorKind::weights,
            message("%1: model_type is %2, \"clip\" or \"clipseg\" is needed", files->config, quoted(type, 40)),
            "give a CLIP folder such as openai/clip-vit-base-patch16"};
    }
    auto weights = SafetensorsFile::open(files->weights);
    if (!weights) {
        return weights.error();
    }
    ClipSource source{std::move(*files), std::move(*weights), type == "clip" ? "" : "clip.", {}, 0, 0, 0, 0, {}, {}, 0};

    Shapes shapes(source.weights, source.prefix);
    const std::string textPart = "text_model", visionPart = "vision_model";
    const std::int64_t vocabulary = shapes.side(textPart + ".embeddings.token_embedding.weight", 2, 0);
    const std::int64_t textWidth = shapes.side(textPart + ".embeddings.token_embedding.weight", 2, 1);
    const std::int64_t positions = shapes.side(textPart + ".embeddings.position_embedding.weight", 2, 0);
    const std::int64_t textMlp = shapes.side(textPart + ".encoder.layers.0.mlp.fc1.weight", 2, 0);
    const std::int64_t textLayers = shapes.layers(textPart);
    source.visionWidth = shapes.side(visionPart + ".embeddings.class_embedding", 1, 0);
    source.patch = shapes.side(visionPart + ".embeddings.patch_embedding.weight", 4, 3);
    const std::int64_t places = shapes.side(visionPart + ".embeddings.position_embedding.weight", 2, 0);
    const std::int64_t visionMlp = shapes.side(visionPart + ".encoder.layers.0.mlp.fc1.weight", 2, 0);
    source.visionLayers = shapes.layers(visionPart);
    source.projection = shapes.side("visual_projection.weight", 2, 0);
    if (!shapes.problem.empty()) {
        return mismatch(shapes.problem);
    }
    const auto grid = static_cast<std::int64_t>(std::lround(std::sqrt(static_cast<double>(places - 1))));
    if (grid < 1 || grid * grid != places - 1) {
        return mismatch(message("%1: tensor %2 has %3 places, which is no square and one", source.weights.name(),
                                quoted(source.prefix + visionPart + ".embeddings.position_embedding.weight"), places));
    }

    auto& names = source.names;
    names["logit_scale"] = {};
    names[textPart + ".embeddings.token_embedding.weight"] = {vocabulary, textWidth};
    names[textPart + ".embeddings.position_embedding.weight"] = {positions, textWidth};
    for (std::int64_t i = 0; i < textLayers; ++i) {
        expectBlock(names, textPart + ".encoder.layers." + std::to_string(i), textWidth, textMlp);
    }
    expectNorm(names, textPart + ".final_layer_norm", textWidth);
    names["text_projection.weight"] = {source.projection, textWidth};
    names[visionPart + ".embeddings.class_embedding"] = {source.visionWidth};
    names[visionPart + ".embeddings.patch_embedding.weight"] = {source.visionWidth, 3, source.patch, source.patch};
    names[visionPart + ".embeddings.position_embedding.weight"] = {places, source.visionWidth};
    expectNorm(names, visionPart + ".pre_layrnorm", source.visionWidth);  // spelt so in every checkpoint
    for (std::int64_t i = 0; i < source.visionLayers; ++i) {
        expectBlock(names, visionPart + ".encoder.layers." + std::to_string(i), source.visionWidth, visionMlp);
    }
    expectNorm(names, visionPart + ".post_layernorm", source.visionWidth);
    names["visual_projection.weight"] = {source.projection, source.visionWidth};
    ExpectedTensors inFile;
    for (const auto& [name, shape] : names) {
        inFile[source.prefix + name] = shape;
    }
    MASKWRIGHT_TRY(checkTensors(source.weights, inFile, [&](std::string_view name) {
        return isPositionIds(name) || (!source.prefix.empty() && name.starts_with("decoder."));
    }));

    const std::string& where = source.files.config;
    // Defaults: transformers' CLIPTextConfig and CLIPVisionConfig, which leave them out when they write.
    TowerConfig text(reader.object("text_config"), where, "text_config.", "clipseg_text_model");
    text.fromTensors("vocab_size", vocabulary);
    text.fromTensors("hidden_size", textWidth);
    text.fromTensors("intermediate_size", textMlp);
    text.fromTensors("num_hidden_layers", textLayers);
    text.fromTensors("max_position_embeddings", positions);
    text.heads(8, textWidth);
    text.common();
    text.integer("bos_token_id", 49406, 0, INT32_MAX);
    text.integer("eos_token_id", 49407, 0, INT32_MAX);
    text.integer("pad_token_id", 1, 0, INT32_MAX);
    TowerConfig vision(reader.object("vision_config"), where, "vision_config.", "clipseg_vision_model");
    vision.fromTensors("hidden_size", source.visionWidth);
    vision.fromTensors("intermediate_size", visionMlp);
    vision.fromTensors("num_hidden_layers", source.visionLayers);
    vision.fromTensors("patch_size", source.patch);
    vision.fromTensors("image_size", grid * source.patch);
    vision.fromTensors("num_channels", 3);
    vision.heads(12, source.visionWidth);
    vision.common();
    TowerConfig top(reader, where, "", type.c_str());
    top.fromTensors("projection_dim", source.projection);
    source.logitScale = reader.number("logit_scale_init_value", 2.6592, -100, 100);
    MASKWRIGHT_TRY(reader.status());
    for (const Message& problem : {text.problem, vision.problem, top.problem}) {
        if (!problem.empty()) {
            return mismatch(problem);
        }
    }
    source.textConfig = text.take();
    source.visionConfig = vision.take();
    return source;
}

}  // namespace maskwright::weights
