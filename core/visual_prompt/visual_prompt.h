// Visual prompt engineering: (picture, region, style) -> the pixels the encoder will see. No torch, no state, any
// thread. Source of modes and numbers: timojl/clipseg (datasets/utils.py, evaluation_utils.py) and the CLIPSeg paper,
// Table 2.
//
// Two ways. engineer() is what the program uses. engineerAsReference() repeats the reference code's numbers with its
// quirks, for comparison. What engineer() does otherwise, on purpose:
// - the crop is resized with antialiasing from the full picture; the reference takes the nearest pixel of a shrunken
// one;
// - boxes are clamped by the picture's own sides; the reference clamps x by the rows and y by the columns, wrong off
// squares;
// - blur is measured on the engineered picture, so its look does not depend on the object's size; the reference blurs
// first;
// - a crop can be combined with outline, rectangle and dye, and the dye keeps a darkened background's blur;
// - the grey background is grey by luma; the reference shows the green channel;
// - values are rounded to 8 bits, so that the picture shown is the picture encoded.
// Darkening still pulls towards the mean grey of normalised space and not towards black: the published weights were
// trained so. `ground=black` changes that.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/image/image.h"

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

// How a marked object is shown to the encoder. Defaults: the paper's best, crop_blur_highlight352. In normalised space,
// with m the region: m * (objectFactor * picture + objectShift) + (1 - m) * backgroundFactor * blurred picture + shift.
struct Style {
    bool crop = true;               // to the region's box and its context, padded to a square
    double context = 0.1;           // 0..2, of the box's width and height, added on each side of the crop
    double backgroundFactor = 0.1;  // 0..1, 1 leaves the background as bright as it was
    double blurSigma = 3;           // 0..20 pixels of the engineered picture, background only
    Tint tint = Tint::none;
    int markWidth = 0;  // 0..64 pixels, of the outline or the rectangle; 0: the reference's own, 5 and 2
    std::array<std::uint8_t, 3> markColour = {255, 0, 0};  // red, green, blue of the outline or the rectangle
    int size = 352;                                        // 16..1024, side of the engineered picture, a multiple of 16
    TokenMasking tokenMasking = TokenMasking::none;
    int maskFromLayer = 0;  // 0..47
    Content content = Content::picture;
    Ground ground = Ground::grey;
    double brightness = 1;    // 0..2, of picture and background alike
    double objectFactor = 1;  // 0..2
    double objectShift = 0;   // -1..1, normalised units
    double shift = 0;         // -1..1, normalised units; the reference takes 0.01 away in its blur_highlight modes
    bool operator==(const Style&) const = default;
    // Of the line that the tint draws: markWidth, or the reference's own.
    [[nodiscard]] int lineWidth() const { return markWidth > 0 ? markWidth : tint == Tint::outline ? 5 : 2; }
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
// A text that parseStyle reads back to the same style: a preset's name where one is the same.
std::string styleText(const Style& style);
// A style outside the ranges above: ErrorKind::usage.
Result<void> validate(const Style& style);
// The reference's blur_highlight_random: sigma of 0, 1 or 2, background 0.1..0.9. The same seed gives the same style.
Style randomBlurHighlight(std::uint64_t seed);

// The engineered picture, size x size: the encoder gets normalize(picture, ImageNet), so what is shown is what is
// encoded. Errors: ErrorKind::input for an empty picture or region, or a region of another size than the picture; usage
// for the style.
Result<Image> engineer(const Image& image, const Mask& region, const Style& style);

// The reference's numbers within 1e-5: `normalised` is the picture at its own size after ImageNet's mean and deviation,
// and so is the answer unless the style crops. An empty region is the whole picture to its crop, as there. Errors:
// ErrorKind::input as above, and where the reference's box holds no pixel; usage for what the reference does not have
// (ground=black, outline together with a crop of another size).
Result<Planar> engineerAsReference(const Planar& normalised, const Mask& region, const Style& style);

// Which of grid x grid tokens are inside, nearest pixel, as the reference's in-model masking has it: 1 inside, 0
// outside.
std::vector<float> tokenMask(const Mask& region, int grid);

}  // namespace maskwright::visual_prompt
