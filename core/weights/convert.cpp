#include "core/weights/convert.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/base/file.h"
#include "core/base/normalisation.h"
#include "core/weights/clip_source.h"
#include "core/weights/convert_target.h"
#include "core/weights/torch_pickle.h"

namespace maskwright::weights {
namespace {

namespace fs = std::filesystem;

// Where a tensor of the result comes from: rows `part` of `parts` equal ones of a tensor of the decoder's file.
struct Origin {
    std::string name;
    std::size_t part = 0, parts = 1;
};

struct Decoder {
    ConvertedModel model;
    ExpectedTensors names;                  // in the original file
    std::map<std::string, Origin> origins;  // by name in the result
};

Message missing(std::string_view name) { return message("tensor %1 is missing", quoted(name)); }

Error noDecoder(const std::string& file, Message problem) {
    return {ErrorKind::weights, message("%1: no CLIPSeg decoder: %2", file, std::move(problem)),
            "give a decoder of the original repository, such as rd64-uni.pth"};
}

class DecoderReader {
  public:
    DecoderReader(const TorchFile& file, const ClipSource& clip, const ConvertOptions& options)
        : file_(file), clip_(clip), options_(options) {}

    Result<Decoder> run() {
        Decoder decoder;
        ConvertedModel& model = decoder.model;
        model.reduceDim = side("film_mul.weight", 2, 0);
        model.decoderMlp = side("blocks.0.linear1.weight", 2, 0);
        if (model.reduceDim == 0 || model.decoderMlp == 0) {
            return noDecoder(file_.name(), problem_);
        }
        std::int64_t count = 0;
        while (file_.tensors().contains("reduces." + std::to_string(count) + ".weight")) {
            ++count;
        }
        if (count == 0) {
            return noDecoder(file_.name(), missing("reduces.0.weight"));
        }
        MASKWRIGHT_TRY(chooseLayers(count, model));
        if (options_.decoderHeads < 1 || model.reduceDim % options_.decoderHeads != 0) {
            return Error{ErrorKind::usage,
                         message("a decoder %1 wide cannot have %2 heads", model.reduceDim, options_.decoderHeads),
                         "choose a number of heads that divides its width"};
        }
        model.refined = file_.tensors().contains("trans_conv.0.weight");
        expect(decoder, count);
        auto fits = checkTensors(file_.name(), file_.tensors(), decoder.names, [](std::string_view name) {
            return name.starts_with("reduce.") || name.starts_with("clip_model.");
        });
        if (!fits) {
            return Error{ErrorKind::weights, fits.error().what,
                         "give the CLIP that this decoder was trained on (ViT-B/16 for the released ones)"};
        }
        return decoder;
    }

  private:
    std::int64_t side(const std::string& name, std::size_t rank, std::size_t axis) {
        const auto found = file_.tensors().find(name);
        if (found != file_.tensors().end() && found->second.shape.size() == rank) {
            return found->second.shape[axis];
        }
        problem_ = found == file_.tensors().end()
                       ? missing(name)
                       : message("tensor %1 has the shape %2", quoted(name), shapeText(found->second.shape));
        return 0;
    }

    Result<void> chooseLayers(std::int64_t count, ConvertedModel& model) const {
        // The constructor default of the original, and what its released weights were used with.
        model.extractLayers = options_.extractLayers.value_or(std::vector<std::int64_t>{3, 6, 9});
        const auto& layers = model.extractLayers;
        if (static_cast<std::int64_t>(layers.size()) != count) {
            return Error{ErrorKind::weights,
                         message("%1: its decoder reads %2 blocks, not %3", file_.name(), count, layers.size()),
                         "say which blocks of the picture encoder it reads"};
        }
        if (std::ranges::adjacent_find(layers, std::greater_equal<>()) != layers.end() || layers.front() < 0 ||
            layers.back() >= clip_.visionLayers) {
            return Error{
                ErrorKind::weights,
                message("the blocks %1 are not ascending numbers below %2", shapeText(layers), clip_.visionLayers),
                "say which blocks of the picture encoder the decoder reads"};
        }
        if (options_.conditionalLayer < 0 || options_.conditionalLayer >= count) {
            return Error{ErrorKind::usage,
                         message("the conditional layer %1 is not below %2", options_.conditionalLayer, count),
                         "choose another"};
        }
        return {};
    }

    void expect(Decoder& decoder, std::int64_t count) const {
        const std::int64_t d = decoder.model.reduceDim, mlp = decoder.model.decoderMlp, patch = clip_.patch;
        const auto plain = [&](const std::string& from, const std::string& to, std::vector<std::int64_t> weight,
                               std::int64_t bias) {
            decoder.names[from + ".weight"] = std::move(weight);
            decoder.names[from + ".bias"] = {bias};
            decoder.origins["decoder." + to + ".weight"] = {from + ".weight"};
            decoder.origins["decoder." + to + ".bias"] = {from + ".bias"};
        };
        plain("film_mul", "film_mul", {d, clip_.projection}, d);
        plain("film_add", "film_add", {d, clip_.projection}, d);
        for (std::int64_t i = 0; i < count; ++i) {
            const std::string from = "blocks." + std::to_string(i) + ".", to = "layers." + std::to_string(i) + ".";
            plain("reduces." + std::to_string(i), "reduces." + std::to_string(i), {d, clip_.visionWidth}, d);
            // Query, key and value lie in one matrix, one below the other.
            decoder.names[from + "self_attn.in_proj_weight"] = {3 * d, d};
            decoder.names[from + "self_attn.in_proj_bias"] = {3 * d};
            for (std::size_t part = 0; part < 3; ++part) {
                const std::string name = "decoder." + to + "self_attn." + "qkv"[part] + "_proj.";
                decoder.origins[name + "weight"] = {from + "self_attn.in_proj_weight", part, 3};
                decoder.origins[name + "bias"] = {from + "self_attn.in_proj_bias", part, 3};
            }
            plain(from + "self_attn.out_proj", to + "self_attn.out_proj", {d, d}, d);
            plain(from + "linear1", to + "mlp.fc1", {mlp, d}, mlp);
            plain(from + "linear2", to + "mlp.fc2", {d, mlp}, d);
            plain(from + "norm1", to + "layer_norm1", {d}, d);
            plain(from + "norm2", to + "layer_norm2", {d}, d);
        }
        const std::string head = "transposed_convolution";
        if (decoder.model.refined) {
            plain("trans_conv.0", head + ".0", {d, d, 3, 3}, d);
            plain("trans_conv.2", head + ".2", {d, d / 2, patch / 4, patch / 4}, d / 2);
            plain("trans_conv.4", head + ".4", {d / 2, 1, patch / 4, patch / 4}, 1);
        } else {
            plain("trans_conv", head, {d, 1, patch, patch}, 1);
        }
    }

    const TorchFile& file_;
    const ClipSource& clip_;
    const ConvertOptions& options_;
    Message problem_;
};

Json configOf(const ClipSource& clip, const ConvertedModel& model, const ConvertOptions& options) {
    return {{"architectures", {"CLIPSegForImageSegmentation"}},
            {"model_type", "clipseg"},
            {"projection_dim", clip.projection},
            {"logit_scale_init_value", clip.logitScale},
            {"text_config", clip.textConfig},
            {"vision_config", clip.visionConfig},
            {"reduce_dim", model.reduceDim},
            {"extract_layers", model.extractLayers},
            {"conditional_layer", options.conditionalLayer},
            {"decoder_num_attention_heads", options.decoderHeads},
            {"decoder_intermediate_size", model.decoderMlp},
            {"decoder_attention_dropout", 0.0},
            {"decoder_hidden_act", "quick_gelu"},  // as published; the decoder uses ReLU all the same
            {"use_complex_transposed_convolution", model.refined}};
}

}  // namespace

Result<DraftFolder> draftOf(const std::string& target) {
    std::error_code code;
    if (fs::exists(target, code) && !(fs::is_directory(target, code) && fs::is_empty(target, code))) {
        return Error{ErrorKind::output, message("%1 is there already and not an empty folder", target),
                     "choose another folder"};
    }
    return DraftFolder::create(target);
}

Json preprocessorConfig(std::int64_t side) {
    return {{"image_processor_type", "ViTImageProcessor"},
            {"do_resize", true},
            {"size", {{"height", side}, {"width", side}}},
            {"resample", 2},
            {"do_rescale", true},
            {"rescale_factor", 1.0 / 255},
            {"do_normalize", true},
            {"image_mean", normalisation::kImageNetMean},
            {"image_std", normalisation::kImageNetDeviation}};
}

Result<void> checkDecoder(const std::string& decoder) {
    const auto file = TorchFile::open(decoder);
    if (!file) {
        return file.error();
    }
    constexpr const char* kTensor = "film_mul.weight";
    return file->tensors().contains(kTensor) ? Result<void>() : noDecoder(file->name(), missing(kTensor));
}

Result<ConvertedModel> convertOriginalDecoder(const std::string& decoderPath, const std::string& clipFolder,
                                              const std::string& outFolder, const ConvertOptions& options,
                                              const ProgressSink& progress, const std::stop_token& stop) {
    auto draft = draftOf(outFolder);
    if (!draft) {
        return draft.error();
    }
    const auto file = TorchFile::open(decoderPath);
    if (!file) {
        return file.error();
    }
    const auto clip = ClipSource::open(clipFolder);
    if (!clip) {
        return clip.error();
    }
    auto decoder = DecoderReader(*file, *clip, options).run();
    if (!decoder) {
        return decoder.error();
    }

    std::vector<TensorSource> sources;
    ConvertedModel& model = decoder->model;
    const auto total = static_cast<std::int64_t>(clip->names.size() + decoder->origins.size());
    std::int64_t done = 0;
    const auto add = [&](const std::string& name, DType dtype, std::vector<std::int64_t> shape,
                         std::function<Result<std::vector<std::byte>>()> load) {
        TensorInfo info;
        info.shape = shape;
        model.parameters += info.count();
        sources.push_back(
            {name, dtype, std::move(shape), [&, name, load = std::move(load)]() -> Result<std::vector<std::byte>> {
                 if (stop.stop_requested()) {
                     return Error{ErrorKind::cancelled, "the conversion was stopped", ""};
                 }
                 if (progress) {
                     progress({done++, total, name});
                 }
                 return load();
             }});
    };
    for (const auto& [name, shape] : clip->names) {
        const TensorInfo& info = clip->folder.weights.tensors().find(clip->folder.prefix + name)->second;
        add("clip." + name, info.dtype, info.shape, [&]() -> Result<std::vector<std::byte>> {
            std::vector<std::byte> bytes(static_cast<std::size_t>(info.end - info.begin));
            MASKWRIGHT_TRY(clip->folder.weights.read(info, bytes));
            return bytes;
        });
    }
    for (const auto& [name, origin] : decoder->origins) {
        const TensorInfo& info = file->tensors().find(origin.name)->second;
        std::vector<std::int64_t> shape = info.shape;
        shape.front() /= static_cast<std::int64_t>(origin.parts);
        add(name, info.dtype, std::move(shape), [&]() -> Result<std::vector<std::byte>> {
            auto bytes = file->read(origin.name);
            if (bytes && origin.parts > 1) {
                const auto length = static_cast<std::ptrdiff_t>(bytes->size() / origin.parts);
                const auto begin = bytes->begin() + length * static_cast<std::ptrdiff_t>(origin.part);
                return std::vector<std::byte>(begin, begin + length);
            }
            return bytes;
        });
    }
    MASKWRIGHT_TRY(writeSafetensorsFrom(draft->file("model.safetensors"), sources, {{"format", "pt"}}));
    MASKWRIGHT_TRY(writeFileAtomically(draft->file("config.json"), configOf(*clip, model, options).dump(2) + "\n"));
    MASKWRIGHT_TRY(
        writeFileAtomically(draft->file("preprocessor_config.json"), preprocessorConfig(352).dump(2) + "\n"));
    MASKWRIGHT_TRY(copyTokenizer(clip->folder.files.folder, [&](std::string_view name) { return draft->file(name); }));
    MASKWRIGHT_TRY(draft->publish());
    return std::move(model);
}

}  // namespace maskwright::weights
