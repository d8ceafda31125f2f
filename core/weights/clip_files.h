// A CLIP in the layout of transformers, by itself or within a CLIPSeg.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/weights/model_folder.h"
#include "core/weights/safetensors.h"

namespace maskwright::weights {

struct ClipFiles {
    ModelFiles files;
    Json config;  // files.config
    std::string modelType;
    SafetensorsFile weights;
    std::string prefix;  // of CLIP's tensors: "clip." within a CLIPSeg, else empty

    // Errors: ErrorKind::weights, naming the file.
    static Result<ClipFiles> open(const std::filesystem::path& folder);
    // checkTensors() with CLIP's, without the prefix; a decoder's may be beside them.
    [[nodiscard]] Result<void> check(const ExpectedTensors& names) const;
};

}  // namespace maskwright::weights
