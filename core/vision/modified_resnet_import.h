// The published modified ResNets, OpenAI's names, into this one's: batch norm is folded into the convolutions.
#pragma once

#include "core/nn/params.h"
#include "core/vision/modified_resnet.h"
#include "core/weights/model_folder.h"

namespace maskwright::vision {

// Every tensor of the published tower without "visual.", the attention pool's c_proj among them; the counters
// num_batches_tracked say nothing and need not be there. `projection`: numbers of the joint space.
weights::ExpectedTensors publishedShapes(const ModifiedResNet& config, std::int64_t projection);

struct ImportedResNet {
    nn::TensorMap trunk;                          // as ModifiedResNet declares it
    at::Tensor projectionWeight, projectionBias;  // [P, 32 * width], [P]
};
// Throws where a tensor is missing.
ImportedResNet importResNet(const nn::TensorMap& published, const ModifiedResNet& config);

}  // namespace maskwright::vision
