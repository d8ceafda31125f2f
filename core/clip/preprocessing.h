// What a model folder says of a picture's way into the vision tower, as transformers 5 understands it. framing.h walks
// that way.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/image/resize.h"

namespace maskwright::weights {
struct ModelFiles;
}

namespace maskwright::clip {

// The picture is resized, a square may be cut out of its middle, and the tower reads (byte / 255 - mean) / deviation,
// channel by channel. Defaults: the published CLIPSeg's.
struct Preprocessing {
    std::array<float, 3> mean = kImageNetMean, deviation = kImageNetStd;
    ResizeFilter filter = ResizeFilter::bilinear;
    std::int64_t side = 0;  // of the square that the tower gets, in pixels; 0: the files do not say
    // Set where a square of `side` is cut out of the middle: what the picture is resized to before that. Either its
    // shorter side alone, in its own proportions, or both sides.
    std::int64_t shortestEdge = 0, resizeWidth = 0, resizeHeight = 0;

    // The tower sees the picture's middle, not the whole.
    [[nodiscard]] bool cropped() const { return shortestEdge != 0 || resizeWidth != 0; }
};

// Reads an image processor's file: do_resize, size, default_to_square, resample, do_center_crop, crop_size, crop_pct,
// do_rescale, rescale_factor and its offsets, do_normalize, image_mean, image_std, include_top, do_pad, pad_size. What
// is missing has the default of the class that image_processor_type names (image_processors.h), or the published
// CLIPSeg's where none is named; a null too, but for a step, which it switches off as in transformers. Errors:
// ErrorKind::weights, naming the member, also for what is not done here: another class, a picture that is not resized,
// an input that is no square or as large as the picture wants, padding, patches, channels in another order, steps of
// other processors.
Result<Preprocessing> readPreprocessing(const Json& json, const std::string& where);

// The same from a model folder: image_processor in processor_config.json goes before preprocessor_config.json, as in
// transformers; neither need be there.
Result<Preprocessing> readModelPreprocessing(const weights::ModelFiles& files);
Result<Preprocessing> readModelPreprocessing(const std::string& folder);

}  // namespace maskwright::clip
