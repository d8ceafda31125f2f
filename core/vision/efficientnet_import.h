// Published weights as a trunk's tensors: Google's EfficientNet-Lite, alone or beside YOLOv7-seg.
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

// All of a DetectorTrunk, by the names in the scope "vision_model". `detector`: YOLOv7-seg by the names of
// core/vision/yolov7_seg.h, batch norm already folded; `published`: as above. Throws as above, and
// std::invalid_argument where a tensor is not as large as the trunk declares it.
nn::TensorMap importTrunks(const nn::TensorMap& detector, const nn::TensorMap& published, const Trunk& trunk);

}  // namespace maskwright::vision
