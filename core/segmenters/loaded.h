// A network's tensors from a model folder: checked against what its configuration declares before any is read, and
// packed. Internal to core/segmenters.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/nn/loaded.h"

namespace maskwright::segmenters {

inline constexpr const char* kConfig = "config.json";

// How a declared tensor is called in the file.
using FileName = std::function<std::string(const std::string& declared)>;

// `ignorable`: tensors that the file may hold beside the declared ones. Errors: ErrorKind::weights. Throws where
// LibTorch does.
Result<nn::Loaded> loadTensors(const std::string& folder, const nn::Parameters& declared, const FileName& fileName,
                               const std::function<bool(std::string_view)>& ignorable, at::Device device,
                               at::ScalarType dtype);

}  // namespace maskwright::segmenters
