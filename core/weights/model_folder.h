// The files of a model folder, found and checked before anything large is read.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/weights/safetensors.h"

namespace maskwright::weights {

// Paths within one folder; empty where the file is not there.
struct ModelFolder {
    std::string folder;
    std::string name;           // the folder's last path component
    std::string config;         // config.json, always there
    std::string weights;        // model.safetensors, always there
    std::string preprocessor;   // preprocessor_config.json
    std::string sentencePiece;  // tokenizer.model
};

// Errors: ErrorKind::weights, naming the folder and the file that is missing.
Result<ModelFolder> openModelFolder(const std::string& folder);

// Compares the file's tensors with the shapes a configuration calls for, before any data is read. The error names the first
// missing, extra and misshapen tensors (with both shapes) and counts the rest. Floating types only, unless ignorable.
Result<void> checkTensors(const SafetensorsFile& file, const std::map<std::string, std::vector<std::int64_t>>& expected,
                          const std::function<bool(std::string_view)>& ignorable = {});

}  // namespace maskwright::weights
