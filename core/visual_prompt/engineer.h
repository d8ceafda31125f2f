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

#include <vector>

#include "core/base/result.h"
#include "core/image/image.h"
#include "core/visual_prompt/style.h"

namespace maskwright::visual_prompt {

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
