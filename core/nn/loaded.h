// What a model's tensors become when they are loaded: their numbers are checked, layers are packed, and the rest gets
// the number type and the memory layout that its roles ask for.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

#include "core/base/result.h"
#include "core/nn/packed.h"
#include "core/nn/parameter.h"
#include "core/nn/params.h"

namespace maskwright::nn {

struct Placement {
    at::Device device = at::kCPU;
    at::ScalarType dtype = at::kFloat;  // of the large products
    bool channelsLast = false;          // of convolutions that are not packed: maps take on the layout of kernels
};

// A tensor that is not packed, in its place.
at::Tensor placed(const at::Tensor& tensor, const Parameter& parameter, const Placement& place);

// Whether no number is infinite or NaN, and what is said of a tensor in `file` where one is: ErrorKind::weights.
bool isFinite(const at::Tensor& tensor);
Error notFinite(const std::string& file, const std::string& name);

struct Loaded {
    TensorMap tensors;  // those of layers that are not packed
    PackedLayers packed;
    std::int64_t parameters = 0;  // numbers in all

    [[nodiscard]] Params params() const { return {tensors, packed}; }
};

// Of tensors that are in memory; each is one of `declared`.
Loaded loaded(TensorMap tensors, const Parameters& declared, const Placement& place);

}  // namespace maskwright::nn
