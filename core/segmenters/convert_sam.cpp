// SAM's release (facebookresearch/segment-anything) and MobileSAM's to the layout of transformers' SamModel.
#include <ATen/ATen.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <utility>

#include "core/base/draft_folder.h"
#include "core/base/file.h"
#include "core/base/normalisation.h"
#include "core/segmenters/convert.h"
#include "core/segmenters/released.h"
#include "core/segmenters/sam_config.h"
#include "core/vision/tiny_vit.h"
#include "core/weights/safetensors.h"

namespace maskwright::segmenters {

namespace {

constexpr const char* kPlaces = "prompt_encoder.pe_layer.positional_encoding_gaussian_matrix";
constexpr std::int64_t kDecoderHeads = 8;  // segment_anything/build_sam.py
constexpr double kDecoderEps = 1e-5;       // LayerNorm's own: modeling/transformer.py gives none

void replace(std::string& name, std::string_view from, std::string_view to) {
    if (const std::size_t at = name.find(from); at != std::string::npos) {
        name.replace(at, from.size(), to);
    }
}

// transformers' name of a tensor. (convert_sam_to_hf.py of transformers says the same.)
std::string renamed(std::string name, bool tiny, std::int64_t iouLayers) {
    using Pair = std::pair<std::string_view, std::string_view>;
    if (name == kPlaces) {
        return "shared_image_embedding.positional_embedding";
    }
    if (name.starts_with("image_encoder.")) {
        for (const auto& [from, to] : {Pair{"neck.0.", "neck.conv1."}, Pair{"neck.1.", "neck.layer_norm1."},
                                       Pair{"neck.2.", "neck.conv2."}, Pair{"neck.3.", "neck.layer_norm2."}}) {
            replace(name, from, to);
        }
        if (!tiny) {
            for (const auto& [from, to] :
                 {Pair{"patch_embed.proj.", "patch_embed.projection."}, Pair{"_encoder.blocks.", "_encoder.layers."},
                  Pair{".norm", ".layer_norm"}}) {
                replace(name, from, to);
            }
        }
        replace(name, "image_encoder.", "vision_encoder.");
        return name;
    }
    for (const auto& [from, to] :
         {Pair{"point_embeddings.", "point_embed."}, Pair{"mask_downscaling.0.", "mask_embed.conv1."},
          Pair{"mask_downscaling.1.", "mask_embed.layer_norm1."}, Pair{"mask_downscaling.3.", "mask_embed.conv2."},
          Pair{"mask_downscaling.4.", "mask_embed.layer_norm2."}, Pair{"mask_downscaling.6.", "mask_embed.conv3."},
          Pair{"output_upscaling.0.", "upscale_conv1."}, Pair{"output_upscaling.1.", "upscale_layer_norm."},
          Pair{"output_upscaling.3.", "upscale_conv2."}, Pair{".norm", ".layer_norm"}}) {
        replace(name, from, to);
    }
    const bool iou = name.find("iou_prediction_head") != std::string::npos;
    if (iou || name.find("output_hypernetworks_mlps") != std::string::npos) {
        const std::int64_t last = (iou ? iouLayers : 3) - 1;
        for (std::int64_t i = 0; i <= last; ++i) {
            const std::string from = ".layers." + std::to_string(i) + ".";
            if (name.find(from) != std::string::npos) {
                replace(name, from,
                        i == 0      ? ".proj_in."
                        : i == last ? ".proj_out."
                                    : ".layers." + std::to_string(i - 1) + ".");
                break;
            }
        }
    }
    return name;
}

Json vitConfig(Released& file) {
    const std::string encoder = "image_encoder.", blocks = encoder + "blocks.";
    const std::int64_t width = file.side(encoder + "patch_embed.proj.weight", 4, 0),
                       patch = file.side(encoder + "patch_embed.proj.weight", 4, 3),
                       grid = file.side(encoder + "pos_embed", 4, 1), layers = file.count(blocks, ".norm1.weight");
    const std::int64_t head = file.side(blocks + "0.attn.rel_pos_h", 2, 1);
    std::vector<std::int64_t> global;
    std::int64_t window = 0;
    for (std::int64_t i = 0; i < layers; ++i) {
        const std::int64_t side = (file.side(blocks + std::to_string(i) + ".attn.rel_pos_h", 2, 0) + 1) / 2;
        if (side == grid) {
            global.push_back(i);
        } else {
            window = side;
        }
    }
    return {{"model_type", "sam_vision_model"},
            {"hidden_size", width},
            {"num_attention_heads", std::max<std::int64_t>(1, width / head)},
            {"num_hidden_layers", layers},
            {"mlp_dim", file.side(blocks + "0.mlp.lin1.weight", 2, 0)},
            {"image_size", grid * patch},
            {"patch_size", patch},
            {"window_size", window},
            {"global_attn_indexes", global},
            {"layer_norm_eps", 1e-6},  // segment_anything/build_sam.py
            {"hidden_act", "gelu"}};
}

Json tinyConfig(Released& file) {
    const std::string layers = "image_encoder.layers.";
    vision::TinyVit tiny;
    tiny.widths = {file.side("image_encoder.patch_embed.seq.2.c.weight", 4, 0)};
    tiny.depths = {file.count(layers + "0.blocks.", ".conv1.c.weight")};
    tiny.heads = {1};
    tiny.windows = {1};
    for (std::int64_t stage = 1; stage < vision::TinyVit::kStages; ++stage) {
        const std::string layer = layers + std::to_string(stage) + ".blocks.",
                          before = layers + std::to_string(stage - 1) + ".";
        tiny.widths.push_back(file.side(before + "downsample.conv3.c.weight", 4, 0));
        tiny.depths.push_back(file.count(layer, ".attn.qkv.weight"));
        tiny.heads.push_back(file.side(layer + "0.attn.attention_biases", 2, 0));
        tiny.windows.push_back(std::llround(std::sqrt(double(file.side(layer + "0.attn.attention_biases", 2, 1)))));
    }
    tiny.expansion = file.side(layers + "1.blocks.0.mlp.fc1.weight", 2, 0) / tiny.widths[1];
    return tiny.toJson();
}

Json configOf(Released& file, bool tiny) {
    const std::string decoder = "mask_decoder.", layers = decoder + "transformer.layers.";
    const std::int64_t width = file.side("image_encoder.neck.0.weight", 4, 0),
                       inner = file.side(layers + "0.cross_attn_token_to_image.q_proj.weight", 2, 0);
    Json vision = tiny ? tinyConfig(file) : vitConfig(file);
    vision["output_channels"] = width;
    vision["num_pos_feats"] = file.side(kPlaces, 2, 1);
    const Json of = {{"hidden_size", width},
                     {"num_attention_heads", kDecoderHeads},
                     {"num_hidden_layers", file.count(layers, ".norm1.weight")},
                     {"mlp_dim", file.side(layers + "0.mlp.lin1.weight", 2, 0)},
                     {"attention_downsample_rate", std::max<std::int64_t>(1, width / inner)},
                     {"num_multimask_outputs", file.side(decoder + "mask_tokens.weight", 2, 0) - 1},
                     {"iou_head_depth", file.count(decoder + "iou_prediction_head.layers.", ".weight")},
                     {"iou_head_hidden_dim", file.side(decoder + "iou_prediction_head.layers.0.weight", 2, 0)},
                     {"layer_norm_eps", kDecoderEps},
                     {"hidden_act", "relu"}};
    const Json prompts = {{"hidden_size", width},
                          {"image_size", vision["image_size"]},
                          {"patch_size", tiny ? Json(vision::TinyVit::kStride) : vision["patch_size"]},
                          {"mask_input_channels", file.side("prompt_encoder.mask_downscaling.3.weight", 4, 0)}};
    return {{"model_type", "sam"},
            {"architectures", {"SamModel"}},
            {"vision_config", vision},
            {"prompt_encoder_config", prompts},
            {"mask_decoder_config", of}};
}

Json preprocessing(std::int64_t side) {
    return {{"image_processor_type", "SamImageProcessor"},
            {"do_resize", true},
            {"size", {{"longest_edge", side}}},
            {"resample", 2},
            {"do_rescale", true},
            {"rescale_factor", 1.0 / 255},
            {"do_normalize", true},
            {"image_mean", normalisation::kImageNetMean},
            {"image_std", normalisation::kImageNetDeviation},
            {"do_pad", true},
            {"pad_size", {{"height", side}, {"width", side}}}};
}

// TinyViT's pairs "<layer>.c" and "<layer>.bn".
void foldAll(nn::TensorMap& tensors) { foldBatchNorms(tensors, ".c.weight", ".c", ".bn"); }

bool isTiny(const weights::TorchFile& file) {
    return file.tensors().contains("image_encoder.patch_embed.seq.0.c.weight");
}

// TinyViT's classifier, which MobileSAM never asks.
bool isClassifier(const std::string& name) {
    return name.starts_with("image_encoder.head.") || name.starts_with("image_encoder.norm_head.");
}

}  // namespace

Result<bool> holdsSam(const std::string& path) {
    const auto file = weights::TorchFile::open(path, weights::TorchFile::Scripts::forTensors);
    if (!file) {
        return file.error();
    }
    return file->tensors().contains("image_encoder.neck.0.weight") &&
           file->tensors().contains("mask_decoder.mask_tokens.weight");
}

Result<Converted> convertSam(const std::string& path, const std::string& outFolder, const std::stop_token& stop) {
    auto draft = DraftFolder::create(outFolder);
    if (!draft) {
        return draft.error();
    }
    const auto file = weights::TorchFile::open(path);
    if (!file) {
        return file.error();
    }
    const bool tiny = isTiny(*file);
    Released released(*file);
    const Json config = configOf(released, tiny);
    const auto fault = [&](const Message& problem) {
        return Error{ErrorKind::weights, message("%1: no Segment Anything: %2", file->name(), problem),
                     "give a file of the release, such as sam_vit_b_01ec64.pth or mobile_sam.pt"};
    };
    if (!released.problem().empty()) {
        return fault(released.problem());
    }
    auto tensors = released.read([](const std::string& name) { return !isClassifier(name); }, stop);
    if (!tensors) {
        return tensors.error();
    }
    if (tiny) {
        foldAll(*tensors);
    }
    const std::int64_t iouLayers = config["mask_decoder_config"]["iou_head_depth"];
    nn::TensorMap named;
    Converted made{tiny ? "TinyViT" : "ViT", config["vision_config"]["image_size"], 0};
    for (auto& [name, tensor] : *tensors) {
        made.parameters += tensor.numel();
        named.emplace(renamed(name, tiny, iouLayers), std::move(tensor));
    }
    MASKWRIGHT_TRY(nn::writeTensors(draft->file("model.safetensors"), named, weights::DType::f32, {{"format", "pt"}}));
    MASKWRIGHT_TRY(writeFileAtomically(draft->file("config.json"), config.dump(2) + "\n"));
    MASKWRIGHT_TRY(
        writeFileAtomically(draft->file("preprocessor_config.json"), preprocessing(made.inputSize).dump(2) + "\n"));
    MASKWRIGHT_TRY(draft->publish());
    return made;
}

}  // namespace maskwright::segmenters
