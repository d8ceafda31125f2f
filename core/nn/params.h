// Tensors by name, and a scope that reads like the checkpoint: p["layers"][3]["mlp"]["fc1"].
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/weights/safetensors.h"

namespace maskwright::nn {

using TensorMap = std::map<std::string, at::Tensor, std::less<>>;

// A layer's weight and bias as nn/packed.h makes them.
namespace onednn {
class Weight;
}
using PackedWeight = std::shared_ptr<const onednn::Weight>;
// By the layer's name: "clip.text_projection".
using PackedLayers = std::map<std::string, PackedWeight, std::less<>>;

// A view of tensors, and of packed layers where there are any, below one prefix. Both must outlive it. Cheap to copy.
class Params {
  public:
    explicit Params(const TensorMap& tensors, std::string prefix = {})
        : tensors_(&tensors), prefix_(std::move(prefix)) {}
    Params(const TensorMap& tensors, const PackedLayers& packed) : tensors_(&tensors), packed_(&packed) {}

    Params operator[](std::string_view name) const;
    Params operator[](std::int64_t index) const;
    // The tensor called prefix + name. Throws std::out_of_range naming it.
    [[nodiscard]] const at::Tensor& tensor(std::string_view name) const;
    // The same, or an undefined tensor.
    [[nodiscard]] at::Tensor optional(std::string_view name) const;
    // This scope as a packed layer, or null: its tensors are there then.
    [[nodiscard]] const onednn::Weight* packed() const;

  private:
    Params(const TensorMap* tensors, const PackedLayers* packed, std::string prefix)
        : tensors_(tensors), packed_(packed), prefix_(std::move(prefix)) {}

    const TensorMap* tensors_;
    const PackedLayers* packed_ = nullptr;
    std::string prefix_;
};

// Reads tensors of a file one by one, converted to float32 where floating.
class TensorReader {
  public:
    explicit TensorReader(const weights::SafetensorsFile& file) : file_(file) {}
    // Throw std::runtime_error with the reader's line.
    at::Tensor read(const weights::TensorInfo& info);
    // into: contiguous, of the tensor's number of elements; float32 for a floating one, else of its type.
    void readInto(const weights::TensorInfo& info, const at::Tensor& into);

  private:
    const weights::SafetensorsFile& file_;
    std::vector<std::byte> narrow_;  // one for all: memory that is new each time costs more than the conversion
};

// Reads every tensor of the file for which `wanted` is true (all, if empty), converted to float32 where floating.
// Throws std::runtime_error with the reader's line.
TensorMap readTensors(const weights::SafetensorsFile& file, const std::function<bool(const std::string&)>& wanted = {});

// Writes atomically as F32, F16 or BF16 (floating tensors; others keep their type). Any device.
Result<void> writeTensors(const std::string& path, const TensorMap& tensors, weights::DType floating,
                          const std::map<std::string, std::string>& metadata = {});

}  // namespace maskwright::nn
