// By which pictures are normalised before a model sees them: (value - mean) / deviation a channel, red first, of values
// from 0 to 1.
#pragma once

#include <array>

namespace maskwright::normalisation {

using Channels = std::array<double, 3>;

// transformers' image_utils.py: IMAGENET_DEFAULT_* (also torchvision's), IMAGENET_STANDARD_*, OPENAI_CLIP_*.
inline constexpr Channels kImageNetMean = {0.485, 0.456, 0.406}, kImageNetDeviation = {0.229, 0.224, 0.225};
inline constexpr Channels kHalf = {0.5, 0.5, 0.5};
inline constexpr Channels kClipMean = {0.48145466, 0.4578275, 0.40821073},
                          kClipDeviation = {0.26862954, 0.26130258, 0.27577711};

constexpr std::array<float, 3> inFloats(const Channels& x) { return {float(x[0]), float(x[1]), float(x[2])}; }

}  // namespace maskwright::normalisation
