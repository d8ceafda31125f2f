// From a state dict that torch.save wrote (pytorch_model.bin) to safetensors: the same tensors under the same names.
#pragma once

#include <stop_token>
#include <string>

#include "core/base/result.h"

namespace maskwright::weights {

// Writes `to` atomically; tensors keep the type they have, and none of the code in a pickle is run. Errors:
// ErrorKind::weights for the source, output for the target, cancelled on `stop`.
Result<void> convertTorchWeights(const std::string& from, const std::string& to, const std::stop_token& stop = {});

}  // namespace maskwright::weights
