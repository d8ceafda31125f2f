// A checkpoint: one safetensors file of weights and optimiser state, the step in its metadata. Written atomically.
#pragma once

#include <optional>
#include <string>

#include "core/train/adamw.h"

namespace maskwright::train {

struct Checkpoint {
    std::string stage;
    std::int64_t step = 0;  // steps done
    double seconds = 0;     // of training so far
    std::map<std::string, std::string> extra;
    nn::TensorMap model, optimizer;
};

// float32. Errors: ErrorKind::output.
Result<void> writeCheckpoint(const std::string& path, const Checkpoint& checkpoint);
// Nothing where there is no file. Errors: ErrorKind::weights.
Result<std::optional<Checkpoint>> readCheckpoint(const std::string& path, const std::string& stage);

}  // namespace maskwright::train
