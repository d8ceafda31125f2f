// A quick look at a model during training: the figures of core/metrics on some validation pictures, at a quarter of the
// work of core/eval (masks are compared on a grid of half the input's side).
#pragma once

#include "core/data/dataset.h"
#include "core/metrics/figures.h"
#include "core/train/stages.h"

namespace maskwright::train {

// For the plain closed names, whose text features before text_projection are `closedFeatures` [K, hidden], on the first
// `pictures` pictures. Where no object of a closed name is in them (`present` is 0) there is no figure of one.
metrics::Summary validate(const Context& context, const data::DataSet& set, const nn::TensorMap& model,
                          const at::Tensor& closedFeatures, std::int64_t pictures);

}  // namespace maskwright::train
