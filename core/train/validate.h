// A quick look at a model during training: IoU and phantom rate on some validation pictures, at a quarter of the work
// of core/eval (masks are compared on a grid of half the input's side).
#pragma once

#include "core/data/coco.h"
#include "core/train/stages.h"
#include "core/train/vocabulary.h"

namespace maskwright::train {

struct Validation {
    double threshold = 0.5, iou = 0, overall = 0, phantom = 0;
};

// The threshold that maximises mean IoU under a phantom rate of 0.15 (core/eval's rule), and what it gives, for the
// plain closed names on the first `pictures` pictures.
Validation validate(const Context& context, const data::DataSet& set, const nn::TensorMap& model,
                    const at::Tensor& closedFeatures, std::int64_t pictures);

}  // namespace maskwright::train
