// Tensors for tests: from fixtures, and compared.
#pragma once

#include <ATen/ATen.h>

#include "core/nn/params.h"
#include "tests/support/model_fixture.h"

namespace maskwright::test {

inline at::Tensor tensor(const Expected& expected, const std::string& name) {
    const std::vector<float> values = expected.floats(name);
    return at::tensor(values).reshape(expected.shape(name));
}

// Every tensor of a fixture model, in float32.
inline nn::TensorMap modelTensors(const std::string& name) {
    const auto file = weights::SafetensorsFile::open((reference() / "clipseg" / name / "model.safetensors").string());
    return nn::readTensors(*file);
}

inline double largestDifference(const at::Tensor& a, const at::Tensor& b) {
    EXPECT_EQ(a.sizes(), b.sizes());
    return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : INFINITY;
}

// The largest difference as a part of the largest number that is wanted.
inline double relativeDifference(const at::Tensor& found, const at::Tensor& wanted) {
    return largestDifference(found, wanted) / wanted.abs().max().item<double>();
}

}  // namespace maskwright::test
