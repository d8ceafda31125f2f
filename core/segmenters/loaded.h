// A network's tensors from a model folder: checked against what its configuration declares before any is read, and
// packed. Internal to core/segmenters.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/nn/packed.h"
#include "core/nn/parameter.h"
#include "core/nn/params.h"

namespace maskwright::segmenters {

inline constexpr const char* kConfig = "config.json";

struct Loaded {
    nn::TensorMap tensors;  // those of layers that are not packed
    nn::PackedLayers packed;
    std::int64_t parameters = 0;

    [[nodiscard]] nn::Params params() const { return {tensors, packed}; }
};

// How a declared tensor is called in the file.
using FileName = std::function<std::string(const std::string& declared)>;

// `ignorable`: tensors that the file may hold beside the declared ones. Errors: ErrorKind::weights. Throws where
// LibTorch does.
Result<Loaded> loadTensors(const std::string& folder, const nn::Parameters& declared, const FileName& fileName,
                           const std::function<bool(std::string_view)>& ignorable, at::Device device,
                           at::ScalarType dtype);

}  // namespace maskwright::segmenters
