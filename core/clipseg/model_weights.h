// The tensors of an open model, read from its file and packed when something first needs them: what no phrase on a
// picture comes to is not in memory until a marked object asks for it. The file is held open, so it may be renamed or
// removed meanwhile. One thread at a time. Throws ModelError (ErrorKind::weights).
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/nn/loaded.h"

namespace maskwright::clipseg {

class ModelWeights {
  public:
    // `declared`: all that the configuration has, checked against the file's header already. `fileOf(tensor)`: the path
    // that a message names.
    ModelWeights(weights::SafetensorsFile file, nn::Parameters declared, nn::Placement place,
                 std::function<std::string(const std::string&)> fileOf);

    // Reads what is wanted and not there yet.
    void read(const std::function<bool(const std::string& name, const nn::Parameter&)>& wanted);
    // Rows [n, C] float32 of a tensor that stays in the file, on the CPU. ids: within its rows.
    [[nodiscard]] at::Tensor rows(const std::string& name, std::span<const std::int64_t> ids) const;

    // What has been read; views stay good when more is.
    [[nodiscard]] nn::Params params() const { return {tensors_, packed_}; }
    [[nodiscard]] std::int64_t parameterCount() const;

  private:
    bool readInto(nn::TensorReader& reader, const std::string& name, const at::Tensor& into) const;
    void checkFinite(const std::string& name, const at::Tensor& tensor) const;
    weights::SafetensorsFile file_;
    nn::Parameters declared_;
    nn::Placement place_;
    std::function<std::string(const std::string&)> fileOf_;
    std::vector<nn::PackedLayer> layers_;
    std::set<std::string> ofLayers_;  // tensors that are packed
    nn::TensorMap tensors_;
    nn::PackedLayers packed_;
};

}  // namespace maskwright::clipseg
