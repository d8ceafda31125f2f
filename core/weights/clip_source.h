// A CLIP model in the Hugging Face layout as a source of tensors: sizes taken from the tensors, checked against
// config.json.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/weights/clip_files.h"

namespace maskwright::weights {

struct ClipSource {
    ClipFiles folder;
    ExpectedTensors names;  // CLIP's tensors, without the prefix
    std::int64_t projection = 0, visionWidth = 0, visionLayers = 0, patch = 0;
    Json textConfig, visionConfig;  // complete: every size, heads, activation, epsilon, marker ids
    double logitScale = 0;          // config.json's initial value, which only training uses

    // Errors: ErrorKind::weights, naming the file and the tensor or key.
    static Result<ClipSource> open(const std::string& folder);
};

// Adds `<name>.weight` [out, in] and `<name>.bias` [out]; a layer norm's two vectors; and one transformer block with
// the names that Hugging Face gives its parts.
void expectLinear(ExpectedTensors& names, const std::string& name, std::int64_t out, std::int64_t in);
void expectNorm(ExpectedTensors& names, const std::string& name, std::int64_t width);
void expectBlock(ExpectedTensors& names, const std::string& name, std::int64_t width, std::int64_t mlp);

}  // namespace maskwright::weights
