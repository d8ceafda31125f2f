// Tensors by name, and a scope that reads like the checkpoint: p["layers"][3]["mlp"]["fc1"].
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/weights/safetensors.h"

namespace maskwright::nn {

using TensorMap = std::map<std::string, at::Tensor, std::less<>>;

// A view of a TensorMap below one prefix. The map must outlive it. Cheap to copy.
class Params {
  public:
    explicit Params(const TensorMap& tensors, std::string prefix = {})
        : tensors_(&tensors), prefix_(std::move(prefix)) {}

    Params operator[](std::string_view name) const;
    Params operator[](std::int64_t index) const;
    // The tensor called prefix + name. Throws std::out_of_range naming it.
    [[nodiscard]] const at::Tensor& tensor(std::string_view name) const;
    // The same, or an undefined tensor.
    [[nodiscard]] at::Tensor optional(std::string_view name) const;

  private:
    const TensorMap* tensors_;
    std::string prefix_;
};

// Reads every tensor of the file for which `wanted` is true (all, if empty), converted to float32 where floating.
// Throws std::runtime_error with the reader's line.
TensorMap readTensors(const weights::SafetensorsFile& file, const std::function<bool(const std::string&)>& wanted = {});

// Writes atomically as F32, F16 or BF16 (floating tensors; others keep their type). Any device.
Result<void> writeTensors(const std::string& path, const TensorMap& tensors, weights::DType floating,
                          const std::map<std::string, std::string>& metadata = {});

}  // namespace maskwright::nn
