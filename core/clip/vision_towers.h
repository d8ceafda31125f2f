// The two vision towers behind clip::vision(). Internal to core/clip.
#pragma once

#include "core/clip/towers.h"

namespace maskwright::clip {

VisionOutput vit(const nn::Params& clip, const VisionConfig& config, const at::Tensor& pixels,
                 const VisionRequest& request);
VisionOutput efficientNetLite(const nn::Params& clip, const VisionConfig& config, const at::Tensor& pixels,
                              const VisionRequest& request);

}  // namespace maskwright::clip
