// How a marked object is shown to the encoder: a plain value, its named forms and its text form. No picture is touched
// here (engineer.h does), no state, any thread. What each setting may hold is in style_fields.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace maskwright::visual_prompt {

// outline: a contour in markColour; colour: the object in grey dyed red on grey; grayscale: the background in grey;
// rectangle: a box in markColour.
enum class Tint { none, outline, colour, grayscale, rectangle };
enum class Content { picture, shape, nothing };  // shape: the region itself, no picture; nothing: mean grey
enum class Ground { grey, black };               // what darkening pulls towards, and what pads a crop to a square
// Hiding tokens inside CLIP instead of changing pixels (paper Table 2's first rows): scores before the softmax are
// multiplied by tokenMask(). allLayers and fromLayer: scores of every patch for the patches outside, in all blocks or
// from block `maskFromLayer` on. clsOnly: only the class token's scores, from block `maskFromLayer` on. The encoder
// does it; pixels stay.
enum class TokenMasking { none, allLayers, fromLayer, clsOnly };

// Defaults: the paper's best, crop_blur_highlight352. In normalised space, with m the region:
// m * (objectFactor * picture + objectShift) + (1 - m) * backgroundFactor * blurred picture + shift.
// Ranges: styleFields(); validate() checks them.
struct Style {
    bool crop = true;               // to the region's box and its context, padded to a square
    double context = 0.1;           // of the box's width and height, added on each side of the crop
    double backgroundFactor = 0.1;  // 1 leaves the background as bright as it was
    double blurSigma = 3;           // pixels of the engineered picture, background only
    Tint tint = Tint::none;
    int markWidth = 0;  // pixels, of the outline or the rectangle; 0: the reference's own, 5 and 2
    std::array<std::uint8_t, 3> markColour = {255, 0, 0};  // red, green, blue of the outline or the rectangle
    int size = 352;                                        // side of the engineered picture, pixels
    TokenMasking tokenMasking = TokenMasking::none;
    int maskFromLayer = 0;  // counts for fromLayer and clsOnly alone
    Content content = Content::picture;
    Ground ground = Ground::grey;
    double brightness = 1;  // of picture and background alike
    double objectFactor = 1;
    double objectShift = 0;  // normalised units
    double shift = 0;        // normalised units; the reference takes 0.01 away in its blur_highlight modes

    // The same in every setting that counts: maskFromLayer is not looked at where no masking reads it.
    bool operator==(const Style& other) const;
    // Of the line that the tint draws: markWidth, or the reference's own.
    [[nodiscard]] int lineWidth() const { return markWidth > 0 ? markWidth : tint == Tint::outline ? 5 : 2; }
    // Whether the masking begins at maskFromLayer.
    [[nodiscard]] bool masksFromLayer() const {
        return tokenMasking == TokenMasking::fromLayer || tokenMasking == TokenMasking::clsOnly;
    }
};

struct Preset {
    std::string name;   // the reference's mode name, or a row of the paper's Table 2
    std::string title;  // for people, English
    Style style;
    // Paper Table 2: change of the object's probability over 1,600 LVIS samples, in percent points.
    std::optional<double> paperGain = std::nullopt;
};
// All named styles. The first is the default.
const std::vector<Preset>& presets();

// "NAME" of a preset, "NAME,key=value,..." or "key=value,..." over the default. Numbers have a point. A leading
// "text_and_" (the reference's mark for prompts mixed with a phrase) is passed over. "blur_highlight_random[,seed=N]"
// draws blur and background as the reference does in training. Errors: ErrorKind::usage, naming the styles or the keys
// and their ranges.
Result<Style> parseStyle(const std::string& text);
// A text that parseStyle reads back to the same style: a preset's name where one is the same. `style` is in range.
std::string styleText(const Style& style);
// A style out of the fields' ranges: ErrorKind::usage.
Result<void> validate(const Style& style);
// The reference's blur_highlight_random: sigma of 0, 1 or 2, background 0.1..0.9. The same seed gives the same style.
Style randomBlurHighlight(std::uint64_t seed);

}  // namespace maskwright::visual_prompt
