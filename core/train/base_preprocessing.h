// Whether a model that training starts from prepares pictures as training does.
#pragma once

#include "core/base/result.h"
#include "core/train/options.h"
#include "core/vision/trunk.h"

namespace maskwright::train {

// Training resizes every picture bilinearly, all of it, and normalises it with ImageNet's mean and deviation, or on a
// `trunk` that detects with those of the model before, and that is what the folder that it writes says. Errors: weights,
// where the model before (Options::modelBefore) asks for anything else or its files cannot be read.
Result<void> checkBasePreprocessing(const Options& options, const vision::Trunk& trunk);

}  // namespace maskwright::train
