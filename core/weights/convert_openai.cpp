#include "core/weights/convert_openai.h"

#include <cmath>
#include <cstring>
#include <utility>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/normalisation.h"
#include "core/weights/convert_target.h"
#include "core/weights/openai_clip.h"
#include "core/weights/torch_pickle.h"

namespace maskwright::weights {
namespace {

constexpr std::int64_t kHead = 64, kMaxBlocks = 1000;

// What the shapes of the tensors say.
struct Found {
    ConvertedClip model;
    OpenAiTower text, vision;
    std::int64_t vocabulary = 0, positions = 0, grid = 0;
};

class Reader {
  public:
    explicit Reader(const TorchFile& file) : file_(file) {}

    Result<Found> read() {
        Found found;
        ConvertedClip& model = found.model;
        found.vocabulary = side("token_embedding.weight", 2, 0);
        found.text.width = side("token_embedding.weight", 2, 1);
        found.positions = side("positional_embedding", 2, 0);
        found.text.layers = count("transformer.resblocks.", ".ln_1.weight");
        found.text.mlp = side("transformer.resblocks.0.mlp.c_fc.weight", 2, 0);
        model.projection = side("text_projection", 2, 1);
        model.resnet = file_.tensors().contains("visual.attnpool.positional_embedding");
        const std::int64_t places =
            side(model.resnet ? "visual.attnpool.positional_embedding" : "visual.positional_embedding", 2, 0);
        found.grid = std::llround(std::sqrt(double(places - 1)));
        if (model.resnet) {
            model.width = 2 * side("visual.conv1.weight", 4, 0);
            for (const char* stage : {"1", "2", "3", "4"}) {
                model.layers.push_back(count("visual.layer" + std::string(stage) + ".", ".conv1.weight"));
            }
            model.imageSize = 32 * found.grid;
        } else {
            model.width = side("visual.conv1.weight", 4, 0);
            model.patch = side("visual.conv1.weight", 4, 3);
            model.layers = {count("visual.transformer.resblocks.", ".ln_1.weight")};
            model.imageSize = model.patch * found.grid;
            found.vision = {model.width, model.layers.front(),
                            side("visual.transformer.resblocks.0.mlp.c_fc.weight", 2, 0)};
        }
        if (!problem_.empty()) {
            return Error{ErrorKind::weights, message("%1: no CLIP: %2", file_.name(), problem_),
                         "give one of OpenAI's CLIP files, such as ViT-B-32.pt"};
        }
        return found;
    }

  private:
    std::int64_t side(const std::string& name, std::size_t rank, std::size_t axis) {
        const auto found = file_.tensors().find(name);
        const bool there = found != file_.tensors().end();
        if (there && found->second.shape.size() == rank && found->second.shape[axis] > 0) {
            return found->second.shape[axis];
        }
        if (problem_.empty()) {
            problem_ = there ? message("tensor %1 has the shape %2", quoted(name), shapeText(found->second.shape))
                             : message("tensor %1 is missing", quoted(name));
        }
        return 1;
    }
    [[nodiscard]] std::int64_t count(const std::string& before, const std::string& after) const {
        std::int64_t number = 0;
        while (number < kMaxBlocks && file_.tensors().contains(before + std::to_string(number) + after)) {
            ++number;
        }
        return number;
    }

    const TorchFile& file_;
    Message problem_;
};

ExpectedTensors shapesOf(const Found& found) {
    const ConvertedClip& model = found.model;
    ExpectedTensors shapes = openAiTextShapes(found.text, found.vocabulary, found.positions, model.projection);
    shapes.merge(model.resnet
                     ? openAiResNetShapes({model.width, model.layers, found.grid}, model.projection)
                     : openAiVitShapes(found.vision, model.patch, found.grid * found.grid + 1, model.projection));
    return shapes;
}

Json towerJson(const OpenAiTower& tower, const char* type) {
    return {{"model_type", type},
            {"hidden_size", tower.width},
            {"intermediate_size", tower.mlp},
            {"num_attention_heads", std::max<std::int64_t>(1, tower.width / kHead)},
            {"num_hidden_layers", tower.layers},
            {"hidden_act", "quick_gelu"},
            {"layer_norm_eps", 1e-5}};
}

Json transformersConfig(const Found& found) {
    const ConvertedClip& model = found.model;
    Json text = towerJson(found.text, "clip_text_model"), vision = towerJson(found.vision, "clip_vision_model");
    text.update(Json{{"vocab_size", found.vocabulary},
                     {"max_position_embeddings", found.positions},
                     {"projection_dim", model.projection},
                     {"bos_token_id", found.vocabulary - 2},
                     {"eos_token_id", found.vocabulary - 1}});
    vision.update(Json{{"patch_size", model.patch},
                       {"image_size", model.imageSize},
                       {"num_channels", 3},
                       {"projection_dim", model.projection}});
    return {{"architectures", {"CLIPModel"}},   {"model_type", "clip"}, {"projection_dim", model.projection},
            {"logit_scale_init_value", 2.6592}, {"text_config", text},  {"vision_config", vision}};
}

// openai/CLIP clip/clip.py, _transform.
Json preprocessing(std::int64_t side) {
    return {{"image_processor_type", "CLIPImageProcessor"},
            {"do_resize", true},
            {"size", {{"shortest_edge", side}}},
            {"resample", 3},
            {"do_center_crop", true},
            {"crop_size", {{"height", side}, {"width", side}}},
            {"do_rescale", true},
            {"rescale_factor", 1.0 / 255},
            {"do_normalize", true},
            {"image_mean", normalisation::kClipMean},
            {"image_std", normalisation::kClipDeviation}};
}

Json openClipConfig(const Found& found) {
    const ConvertedClip& model = found.model;
    const Json vision = {{"image_size", model.imageSize}, {"layers", model.layers}, {"width", model.width}};
    const Json text = {{"context_length", found.positions},
                       {"vocab_size", found.vocabulary},
                       {"width", found.text.width},
                       {"heads", std::max<std::int64_t>(1, found.text.width / kHead)},
                       {"layers", found.text.layers}};
    return {{"model_cfg",
             {{"embed_dim", model.projection}, {"quick_gelu", true}, {"vision_cfg", vision}, {"text_cfg", text}}},
            {"preprocess_cfg", {{"mean", normalisation::kClipMean}, {"std", normalisation::kClipDeviation}}}};
}

// rows x columns elements of `width` bytes, sides exchanged.
std::vector<std::byte> transposed(const std::vector<std::byte>& from, std::size_t rows, std::size_t columns,
                                  std::size_t width) {
    std::vector<std::byte> to(from.size());
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            std::memcpy(&to[(c * rows + r) * width], &from[(r * columns + c) * width], width);
        }
    }
    return to;
}

// A tensor of the result as `origin` has it.
TensorSource sourceOf(const TorchFile& file, const std::string& name, const OpenAiOrigin& origin) {
    const TensorInfo& info = file.tensors().find(origin.name)->second;
    std::vector<std::int64_t> shape = info.shape;
    if (origin.parts > 1) {
        shape.front() /= static_cast<std::int64_t>(origin.parts);
    }
    if (origin.transposed) {
        std::swap(shape.front(), shape.back());
    }
    return {name, info.dtype, std::move(shape), [&file, &info, origin]() -> Result<std::vector<std::byte>> {
                auto bytes = file.read(origin.name);
                if (bytes && origin.parts > 1) {
                    const auto length = static_cast<std::ptrdiff_t>(bytes->size() / origin.parts);
                    const auto begin = bytes->begin() + length * static_cast<std::ptrdiff_t>(origin.part);
                    return std::vector<std::byte>(begin, begin + length);
                }
                if (bytes && origin.transposed) {
                    return transposed(*bytes, std::size_t(info.shape[0]), std::size_t(info.shape[1]),
                                      sizeOf(info.dtype));
                }
                return bytes;
            }};
}

bool hasVocabulary(const std::filesystem::path& folder) {
    const auto is = [&](const char* name) {
        std::error_code code;
        return std::filesystem::is_regular_file(folder / name, code);
    };
    return is("tokenizer.json") || (is("vocab.json") && is("merges.txt"));
}

}  // namespace

Result<bool> holdsOpenAiClip(const std::string& path) {
    const auto file = TorchFile::open(path, TorchFile::Scripts::forTensors);
    if (!file) {
        return file.error();
    }
    return file->tensors().contains("visual.conv1.weight") && file->tensors().contains("token_embedding.weight");
}

Result<ConvertedClip> convertOpenAiClip(const std::string& path, const std::string& vocabularyFolder,
                                        const std::string& outFolder, const ProgressSink& progress,
                                        const std::stop_token& stop) {
    auto draft = draftOf(outFolder);
    if (!draft) {
        return draft.error();
    }
    const auto file = TorchFile::open(path, TorchFile::Scripts::forTensors);
    if (!file) {
        return file.error();
    }
    auto found = Reader(*file).read();
    if (!found) {
        return found.error();
    }
    const ExpectedTensors shapes = shapesOf(*found);
    MASKWRIGHT_TRY(checkTensors(file->name(), file->tensors(), shapes, isOpenAiNote));
    if (!hasVocabulary(vocabularyFolder)) {
        return Error{ErrorKind::weights, message("%1 holds no vocabulary", vocabularyFolder),
                     "put vocab.json and merges.txt, tokenizer.json or tokenizer.model there"};
    }
    OpenAiOrigins origins;
    if (found->model.resnet) {
        for (const auto& [name, shape] : shapes) {
            origins[name] = {name};
        }
    } else {
        origins = openAiText(found->text.layers);
        origins.merge(openAiVit(found->vision.layers));
    }
    std::vector<TensorSource> sources;
    const auto total = static_cast<std::int64_t>(origins.size());
    for (const auto& [name, origin] : origins) {
        TensorSource source = sourceOf(*file, name, origin);
        TensorInfo info;
        info.shape = source.shape;
        found->model.parameters += info.count();
        const auto done = static_cast<std::int64_t>(sources.size());
        source.load = [&, name, done, total, load = std::move(source.load)]() -> Result<std::vector<std::byte>> {
            if (stop.stop_requested()) {
                return Error{ErrorKind::cancelled, "the conversion was stopped", ""};
            }
            if (progress) {
                progress({done, total, name});
            }
            return load();
        };
        sources.push_back(std::move(source));
    }
    const bool resnet = found->model.resnet;
    MASKWRIGHT_TRY(writeSafetensorsFrom(draft->file(resnet ? "open_clip_model.safetensors" : "model.safetensors"),
                                        sources, {{"format", "pt"}}));
    MASKWRIGHT_TRY(writeFileAtomically(draft->file(resnet ? "open_clip_config.json" : "config.json"),
                                       (resnet ? openClipConfig(*found) : transformersConfig(*found)).dump(2) + "\n"));
    if (!resnet) {
        MASKWRIGHT_TRY(writeFileAtomically(draft->file("preprocessor_config.json"),
                                           preprocessing(found->model.imageSize).dump(2) + "\n"));
    }
    MASKWRIGHT_TRY(copyTokenizer(vocabularyFolder, [&](std::string_view name) { return draft->file(name); }));
    MASKWRIGHT_TRY(draft->publish());
    return std::move(found->model);
}

}  // namespace maskwright::weights
