// The published modified ResNets, OpenAI's names, into this one's: batch norm is folded into the convolutions.
#pragma once

#include "core/nn/params.h"
#include "core/vision/modified_resnet.h"

namespace maskwright::vision {

struct ImportedResNet {
    nn::TensorMap trunk;                          // as ModifiedResNet declares it
    at::Tensor projectionWeight, projectionBias;  // [P, 32 * width], [P]
};
// published: as weights::openAiResNetShapes() names them, without "visual.". Throws where one is missing.
ImportedResNet importResNet(const nn::TensorMap& published, const ModifiedResNet& config);

}  // namespace maskwright::vision
