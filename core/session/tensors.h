// Between tensors and the plain values of session's public headers. Private to core/session.
#pragma once

#include <span>
#include <vector>

#include "core/image/resize.h"
#include "core/session/method.h"

namespace at {
class Tensor;
}

namespace maskwright::session {

// [1, 3, H, W]; read only, and the caller keeps `planar` as long as the tensor.
at::Tensor asTensor(const Planar& planar);
// Every number in order, from whatever device.
std::vector<float> asVector(const at::Tensor& tensor);

// A mask of NaN would be empty and look like an answer. Errors: weights.
Result<void> checkFinite(const ModelInfo& model, std::span<const float> values);

}  // namespace maskwright::session
