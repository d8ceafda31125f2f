#include "core/weights/clip_source.h"

#include <cmath>
#include <utility>

#include "core/weights/torch_pickle.h"

namespace maskwright::weights {
namespace {

constexpr std::int64_t kMaxLayers = 1000;
constexpr std::int64_t kMaxSide = std::int64_t{1} << 24;

// Sizes read off tensors; remembers the first that is not there.
class Shapes {
  public:
    explicit Shapes(const ClipFiles& folder) : file_(folder.weights), prefix_(folder.prefix) {}

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
    const std::string& prefix_;
};

const std::string kText = "text_model", kVision = "vision_model";

struct Tower {
    std::int64_t width = 0, mlp = 0, layers = 0;
};

// What the tensors say.
struct Sizes {
    Tower text, vision;
    std::int64_t vocabulary = 0, positions = 0;         // of the text tower
    std::int64_t patch = 0, places = 0, imageSide = 0;  // of the vision tower; one place is the class token's
    std::int64_t projection = 0;
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
    void sizes(const Tower& tower) {
        fromTensors("hidden_size", tower.width);
        fromTensors("intermediate_size", tower.mlp);
        fromTensors("num_hidden_layers", tower.layers);
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

Result<Sizes> sizesOf(const ClipFiles& folder) {
    Shapes shapes(folder);
    const std::string tokenEmbedding = kText + ".embeddings.token_embedding.weight",
                      placeEmbedding = kVision + ".embeddings.position_embedding.weight";
    Sizes sizes;
    sizes.vocabulary = shapes.side(tokenEmbedding, 2, 0);
    sizes.text.width = shapes.side(tokenEmbedding, 2, 1);
    sizes.positions = shapes.side(kText + ".embeddings.position_embedding.weight", 2, 0);
    sizes.text.mlp = shapes.side(kText + ".encoder.layers.0.mlp.fc1.weight", 2, 0);
    sizes.text.layers = shapes.layers(kText);
    sizes.vision.width = shapes.side(kVision + ".embeddings.class_embedding", 1, 0);
    sizes.patch = shapes.side(kVision + ".embeddings.patch_embedding.weight", 4, 3);
    sizes.places = shapes.side(placeEmbedding, 2, 0);
    sizes.vision.mlp = shapes.side(kVision + ".encoder.layers.0.mlp.fc1.weight", 2, 0);
    sizes.vision.layers = shapes.layers(kVision);
    sizes.projection = shapes.side("visual_projection.weight", 2, 0);
    if (!shapes.problem.empty()) {
        return mismatch(shapes.problem);
    }
    const auto grid = static_cast<std::int64_t>(std::lround(std::sqrt(static_cast<double>(sizes.places - 1))));
    if (grid < 1 || grid * grid != sizes.places - 1) {
        return mismatch(message("%1: tensor %2 has %3 places, which is no square and one", folder.weights.name(),
                                quoted(folder.prefix + placeEmbedding), sizes.places));
    }
    sizes.imageSide = grid * sizes.patch;
    return sizes;
}

void expectTower(ExpectedTensors& names, const std::string& name, const Tower& tower) {
    for (std::int64_t i = 0; i < tower.layers; ++i) {
        expectBlock(names, name + ".encoder.layers." + std::to_string(i), tower.width, tower.mlp);
    }
}

ExpectedTensors namesOf(const Sizes& sizes) {
    ExpectedTensors names;
    const std::int64_t text = sizes.text.width, vision = sizes.vision.width;
    names["logit_scale"] = {};
    names[kText + ".embeddings.token_embedding.weight"] = {sizes.vocabulary, text};
    names[kText + ".embeddings.position_embedding.weight"] = {sizes.positions, text};
    expectTower(names, kText, sizes.text);
    expectNorm(names, kText + ".final_layer_norm", text);
    names["text_projection.weight"] = {sizes.projection, text};
    names[kVision + ".embeddings.class_embedding"] = {vision};
    names[kVision + ".embeddings.patch_embedding.weight"] = {vision, 3, sizes.patch, sizes.patch};
    names[kVision + ".embeddings.position_embedding.weight"] = {sizes.places, vision};
    expectNorm(names, kVision + ".pre_layrnorm", vision);  // spelt so in every checkpoint
    expectTower(names, kVision, sizes.vision);
    expectNorm(names, kVision + ".post_layernorm", vision);
    names["visual_projection.weight"] = {sizes.projection, vision};
    return names;
}

// Defaults: transformers' CLIPTextConfig and CLIPVisionConfig, which leave them out when they write.
Result<void> readTowers(const Sizes& sizes, ClipSource& source) {
    const std::string& where = source.folder.files.config;
    JsonReader reader(source.folder.config, where, ErrorKind::weights);
    TowerConfig text(reader.object("text_config"), where, "text_config.", "clipseg_text_model");
    text.fromTensors("vocab_size", sizes.vocabulary);
    text.sizes(sizes.text);
    text.fromTensors("max_position_embeddings", sizes.positions);
    text.heads(8, sizes.text.width);
    text.common();
    text.integer("bos_token_id", 49406, 0, INT32_MAX);
    text.integer("eos_token_id", 49407, 0, INT32_MAX);
    text.integer("pad_token_id", 1, 0, INT32_MAX);
    TowerConfig vision(reader.object("vision_config"), where, "vision_config.", "clipseg_vision_model");
    vision.sizes(sizes.vision);
    vision.fromTensors("patch_size", sizes.patch);
    vision.fromTensors("image_size", sizes.imageSide);
    vision.fromTensors("num_channels", 3);
    vision.heads(12, sizes.vision.width);
    vision.common();
    TowerConfig top(reader, where, "", source.folder.modelType.c_str());
    top.fromTensors("projection_dim", sizes.projection);
    source.logitScale = reader.number("logit_scale_init_value", 2.6592, -100, 100);
    MASKWRIGHT_TRY(reader.status());
    for (const Message& problem : {text.problem, vision.problem, top.problem}) {
        if (!problem.empty()) {
            return mismatch(problem);
        }
    }
    source.textConfig = text.take();
    source.visionConfig = vision.take();
    return {};
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
    auto opened = ClipFiles::open(folder);
    if (!opened) {
        return opened.error();
    }
    const auto sizes = sizesOf(*opened);
    if (!sizes) {
        return sizes.error();
    }
    ClipSource source{std::move(*opened),
                      namesOf(*sizes),
                      sizes->projection,
                      sizes->vision.width,
                      sizes->vision.layers,
                      sizes->patch,
                      {},
                      {},
                      0};
    MASKWRIGHT_TRY(source.folder.check(source.names));
    MASKWRIGHT_TRY(readTowers(*sizes, source));
    return source;
}

}  // namespace maskwright::weights
