// A published classifier as a trunk's tensors: Google's EfficientNet-Lite.
#pragma once

#include "core/nn/params.h"
#include "core/vision/trunk.h"

namespace maskwright::vision {

struct ImportedClassifier {
    nn::TensorMap trunk;                          // by their names in the scope "vision_model"
    at::Tensor classifierWeight, classifierBias;  // [classes, hiddenSize], [classes]
};

// `published`: in the PyTorch port's names (`_conv_stem`, `_blocks.0._bn1`, ..., `_fc`;
// lukemelas/EfficientNet-PyTorch). Batch norm (eps 1e-3, as in tensorflow/tpu's efficientnet_lite_builder.py) is folded
// into the convolutions. Throws std::out_of_range naming a missing tensor, std::invalid_argument for a trunk of another
// kind.
ImportedClassifier importClassifier(const nn::TensorMap& published, const Trunk& trunk);

}  // namespace maskwright::vision
