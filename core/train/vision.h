// EfficientNet-Lite for training: the numbers of clip::vision, computed channels-last as matrix products and our own
// depthwise kernel.
#pragma once

#include <limits>

#include "core/clip/towers.h"

namespace maskwright::train {

// `firstTrained` of a tower of which no part is trained.
inline constexpr std::int64_t kNoneTrained = std::numeric_limits<std::int64_t>::max();

// As clip::vision for modelType "efficientnet_lite" (`p` is the scope "clip"). Blocks before `firstTrained`, and the
// stem with them, are run without a graph. On a device other than the CPU, or for a ViT, it is clip::vision itself.
clip::VisionOutput visionForTraining(const nn::Params& p, const clip::VisionConfig& config, const at::Tensor& pixels,
                                     const clip::VisionRequest& request, std::int64_t firstTrained, bool bfloat16);

// The tensors of Google's EfficientNet-Lite in the PyTorch port's names (`_conv_stem`, `_blocks.0._bn1`, ...), batch
// norm (eps 1e-3) folded into the convolutions, under "vision_model."; and `_fc` as "fc.weight", "fc.bias". Throws
// std::out_of_range naming a missing tensor.
nn::TensorMap importEfficientNet(const nn::TensorMap& published, const clip::VisionConfig& config);

}  // namespace maskwright::train
