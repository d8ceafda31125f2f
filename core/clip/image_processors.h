// The image processors of transformers whose steps are followed here, and what each does with a member that its file
// leaves out: the class attributes in models/*/image_processing_*.py, transformers 5.24.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/image/resize.h"

namespace maskwright::clip {

// How a class resizes and scales, where it does not do it as most do.
enum class Manner {
    usual,
    levit,         // to 256/224 of the shorter side that the size says
    convNext,      // from 384 pixels on to a square; below to 1/crop_pct of the shorter side, and crops the size itself
    poolFormer,    // to 1/crop_pct of the shorter side
    efficientNet,  // subtracts 1 with rescale_offset, divides by image_std once more with include_top
    vivit,         // subtracts 1 with offset
    siglip,        // a size of one number is the shorter side's, although its own is a square
    inFloats,      // resizes what is rescaled already: nothing cuts off what a filter overshoots
};

struct ImageProcessor {
    std::string_view name;  // without ImageProcessor, FeatureExtractor, Fast and Pil
    std::array<double, 3> mean, deviation;
    ResizeFilter filter;
    std::int64_t size;  // in pixels; 0: the configuration's
    bool shortest;      // a size of one number is the shorter side's
    bool cropped;
    std::int64_t crop;  // in pixels; 0: the class has none
    Manner manner = Manner::usual;
    // A step that this class does in a way of its own, which is not done here; whether it does it unless told not to.
    std::string_view undone = {};
    bool undoneByDefault = false;
    double factor = 1.0 / 255;
    bool normalized = true;
};

// The one that a file's image_processor_type or feature_extractor_type names, with or without Fast or Pil behind; null
// where it is not known.
const ImageProcessor* imageProcessor(std::string_view type);

// Whether the class leaves this step out whatever its file says of it.
bool neverDoes(const ImageProcessor& processor, std::string_view step);

}  // namespace maskwright::clip
