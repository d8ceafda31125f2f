// What preprocessor_config.json says of a picture's way into the vision tower, beside its size.
#pragma once

#include <array>
#include <string>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/image/resize.h"

namespace maskwright::clip {

// The tower reads (byte / 255 - mean) / deviation, channel by channel. Defaults: the published CLIPSeg's.
struct Preprocessing {
    std::array<float, 3> mean = kImageNetMean, deviation = kImageNetStd;
    bool bilinear = true;  // false: the file wants another filter than the one this program resizes with
};

// Reads image_mean, image_std, do_normalize, rescale_factor, do_rescale and resample; what is missing has its default.
// Errors: ErrorKind::weights, naming the member.
Result<Preprocessing> readPreprocessing(const Json& json, const std::string& where);
// The same from a model folder, which may have no such file. Warns where the filter is another.
Result<Preprocessing> readModelPreprocessing(const std::string& folder);

}  // namespace maskwright::clip
