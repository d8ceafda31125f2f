// Whether a model that training starts from prepares pictures as training does.
#pragma once

#include "core/base/result.h"
#include "core/train/options.h"

namespace maskwright::train {

// Training stretches every picture to a square, bilinearly, and normalises it with ImageNet's mean and deviation, and
// that is what the folder that it writes says. Errors: weights, where the model before (Options::modelBefore) asks for
// anything else or its files cannot be read.
Result<void> checkBasePreprocessing(const Options& options);

}  // namespace maskwright::train
