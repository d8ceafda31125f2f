#include "core/session/tensors.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace maskwright::session {

at::Tensor asTensor(const Planar& planar) {
    return at::from_blob(const_cast<float*>(planar.values.data()), {1, 3, planar.height, planar.width}, at::kFloat);
}

std::vector<float> asVector(const at::Tensor& tensor) {
    const at::Tensor host = tensor.to(at::kCPU, at::kFloat).contiguous();
    return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

Result<void> checkFinite(const ModelInfo& model, std::span<const float> values) {
    if (std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); })) {
        return {};
    }
    return Error{ErrorKind::weights, message("the model %1 gives numbers that are not finite", model.name),
                 model.dtype == "float32" ? Message("its weights are damaged or of another model; get them again")
                                          : Message("try --dtype float32, or get the weights again")};
}

}  // namespace maskwright::session
