#include "core/clip/image_processors.h"

#include <algorithm>

#include "core/base/normalisation.h"

namespace maskwright::clip {

namespace {

using normalisation::kClipMean, normalisation::kHalf;
constexpr auto kClipStd = normalisation::kClipDeviation;
constexpr auto kMean = normalisation::kImageNetMean, kStd = normalisation::kImageNetDeviation;
constexpr normalisation::Channels kOne = {1, 1, 1}, kZero = {0, 0, 0};
constexpr auto kLanczos = ResizeFilter::lanczos, kBilinear = ResizeFilter::bilinear, kBicubic = ResizeFilter::bicubic;

constexpr ImageProcessor kProcessors[] = {
    // name, mean, deviation, filter, size, shortest, cropped, crop
    {"ViT", kHalf, kHalf, kBilinear, 224, false, false, 0},
    {"DeiT", kHalf, kHalf, kBicubic, 256, false, true, 224},
    {"CLIP", kClipMean, kClipStd, kBicubic, 224, true, true, 224},
    {"Siglip", kHalf, kHalf, kBicubic, 224, false, false, 0, Manner::siglip},
    {"Blip", kClipMean, kClipStd, kBicubic, 384, false, false, 0},
    {"Beit", kHalf, kHalf, kBicubic, 224, false, false, 224},
    {"Bit", kClipMean, kClipStd, kBicubic, 224, true, true, 224},
    {"Chameleon", kOne, kOne, kLanczos, 512, true, true, 512, Manner::usual, {}, false, 0.0078},
    {"ChineseCLIP", kClipMean, kClipStd, kBicubic, 224, true, true, 224},
    {"Cohere2Vision", kClipMean, kClipStd, kBicubic, 512, false, false, 0, Manner::usual, "crop_to_patches", true},
    {"ConvNext", kHalf, kHalf, kBicubic, 384, true, false, 0, Manner::convNext, "do_center_crop"},
    {"DINOv3ViT", kMean, kStd, kBilinear, 224, false, false, 0, Manner::inFloats},
    {"DPT", kHalf, kHalf, kBicubic, 384, false, false, 0, Manner::usual, "do_pad"},
    {"EfficientNet", kHalf, kHalf, kBicubic, 346, false, false, 289, Manner::efficientNet},
    {"Flava", kClipMean, kClipStd, kBicubic, 224, false, true, 224},
    {"Gemma3", kHalf, kHalf, kBilinear, 224, false, false, 0},
    {"GotOcr2", kClipMean, kClipStd, kBicubic, 384, false, false, 0, Manner::usual, "crop_to_patches"},
    {"GraniteDocling", kClipMean, kClipStd, kBicubic, 512, false, false, 0, Manner::usual, "crop_to_patches", true},
    {"LayoutLMv3", kHalf, kHalf, kBilinear, 224, false, false, 0},
    {"Levit", kMean, kStd, kBicubic, 224, true, true, 224, Manner::levit},
    {"Llava", kClipMean, kClipStd, kBicubic, 224, true, true, 224, Manner::usual, "do_pad"},
    {"MobileNetV1", kHalf, kHalf, kBilinear, 256, true, true, 224},
    {"MobileNetV2", kHalf, kHalf, kBilinear, 256, true, true, 224},
    {"MobileViT", kHalf, kHalf, kBicubic, 224, true, true, 256, Manner::usual, "do_flip_channel_order", true, 1.0 / 255,
     false},
    {"Ovis2", kClipMean, kClipStd, kBicubic, 384, false, false, 0, Manner::usual, "crop_to_patches"},
    {"OwlViT", kClipMean, kClipStd, kBicubic, 768, false, false, 768},
    {"PPChart2Table", kClipMean, kClipStd, kBicubic, 1024, false, false, 0},
    {"Perceiver", kMean, kStd, kBicubic, 224, false, false, 256, Manner::usual, "do_center_crop", true},
    {"PoolFormer", kMean, kStd, kBicubic, 224, true, true, 224, Manner::poolFormer},
    {"PromptDepthAnything", kHalf, kHalf, kBicubic, 384, false, false, 0, Manner::usual, "do_pad"},
    {"Pvt", kMean, kStd, kBicubic, 224, false, false, 0},
    {"RTDetr", kMean, kStd, kBilinear, 640, false, false, 0, Manner::usual, {}, false, 1.0 / 255, false},
    {"Sam2", kMean, kStd, kBilinear, 1024, false, false, 0},
    {"Sam3", kHalf, kHalf, kBilinear, 1008, false, false, 0},
    {"SegGpt", kMean, kStd, kBicubic, 448, false, false, 0},
    {"Segformer", kMean, kStd, kBilinear, 512, false, false, 0},
    {"Tipsv2", kZero, kOne, kBilinear, 448, false, false, 0, Manner::usual, {}, false, 1.0 / 255, false},
    {"Tipsv2Dpt", kZero, kOne, kBilinear, 448, false, false, 0, Manner::usual, {}, false, 1.0 / 255, false},
    {"VideoLlava", kClipMean, kClipStd, kBicubic, 224, true, true, 224},
    {"VideoMAE", kHalf, kHalf, kBilinear, 224, true, true, 224},
    {"Vivit", kHalf, kHalf, kBilinear, 256, true, true, 224, Manner::vivit, {}, false, 1 / 127.5},
};

// Steps that others do when they are told to, and the class not: its own preprocess() has no line for them.
constexpr struct {
    std::string_view name, step;
} kNever[] = {
    {"Cohere2Vision", "do_center_crop"},  {"Gemma3", "do_center_crop"},
    {"GotOcr2", "do_center_crop"},        {"RTDetr", "do_center_crop"},
    {"GraniteDocling", "do_center_crop"}, {"PromptDepthAnything", "do_center_crop"},
    {"SegGpt", "do_center_crop"},         {"Segformer", "do_center_crop"},
    {"MobileViT", "do_normalize"},
};

}  // namespace

const ImageProcessor* imageProcessor(std::string_view type) {
    for (const std::string_view ending : {"Fast", "Pil", "ImageProcessor", "FeatureExtractor"}) {
        if (type.ends_with(ending)) {
            type.remove_suffix(ending.size());
        }
    }
    const auto* found = std::ranges::find(kProcessors, type, &ImageProcessor::name);
    return found == std::end(kProcessors) ? nullptr : found;
}

bool neverDoes(const ImageProcessor& processor, std::string_view step) {
    return std::ranges::any_of(kNever, [&](const auto& one) { return one.name == processor.name && one.step == step; });
}

}  // namespace maskwright::clip
