// Visual prompt engineering: (picture, region, style) -> the pixels the encoder will see. No torch.
// Source of modes and numbers: facts.md section 5 (timojl/clipseg datasets/utils.py, evaluation_utils.py), paper Table 2.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/image/image.h"

namespace maskwright::visual_prompt {

enum class Tint { none, outline, colour, grayscale };
// Hiding tokens inside CLIP instead of changing pixels (paper Table 2's first rows).
enum class TokenMasking { none, allLayers, fromLayer, clsOnly };

// How a marked object is shown to the encoder. Defaults: the paper's best, crop_blur_highlight352.
struct Style {
    bool crop = true;
    double context = 0.1;           // 0..2, of the region's extent, added on each side of the crop
    double backgroundFactor = 0.1;  // 0..1, 1 leaves the background as bright as it was
    double blurSigma = 3;           // 0..20 pixels of the engineered picture, background only
    Tint tint = Tint::none;
    int size = 352;                 // side of the engineered picture, a multiple of 16
    TokenMasking tokenMasking = TokenMasking::none;
    int maskFromLayer = 0;          // with TokenMasking::fromLayer
    bool operator==(const Style&) const = default;
};

struct Preset {
    std::string name;   // the reference's mode name
    std::string title;  // for people, English
    Style style;
};
const std::vector<Preset>& presets();

// "NAME" of a preset, or "NAME,key=value,..." / "key=value,..." over the default. Errors: ErrorKind::usage naming keys and ranges.
Result<Style> parseStyle(const std::string& text);
// A text that parseStyle reads back to the same style.
std::string styleText(const Style& style);

// The engineered picture, size x size: the encoder gets normalize(picture), so what is shown is what is encoded.
// Errors: ErrorKind::input for an empty region or one of another size than the picture.
Result<Image> engineer(const Image& image, const Mask& region, const Style& style);

}  // namespace maskwright::visual_prompt
