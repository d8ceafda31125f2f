#include "core/nn/loaded.h"

#include <ATen/ATen.h>

#include <bit>
#include <utility>

namespace maskwright::nn {

bool isFinite(const at::Tensor& tensor) {
    if (tensor.scalar_type() != at::kFloat || !tensor.is_contiguous()) {
        return tensor.isfinite().all().item<bool>();
    }
    // Exponents of ones say so; no branch, so that it costs little beside reading the file.
    const float* values = tensor.data_ptr<float>();
    bool finite = true;
    for (std::int64_t i = 0; i < tensor.numel(); ++i) {
        finite &= (std::bit_cast<std::uint32_t>(values[i]) & 0x7f800000u) != 0x7f800000u;
    }
    return finite;
}

Error notFinite(const std::string& file, const std::string& name) {
    return {ErrorKind::weights, message("%1: tensor %2 holds numbers that are not finite", file, quoted(name)),
            "the weights are damaged; get the file again"};
}

at::Tensor placed(const at::Tensor& tensor, const Parameter& parameter, const Placement& place) {
    const at::Tensor there =
        takesModelType(parameter) ? inModelType(tensor, place.dtype, place.device) : tensor.to(place.device);
    return place.channelsLast && parameter.role == Role::convolution ? there.contiguous(at::MemoryFormat::ChannelsLast)
                                                                     : there;
}

Loaded loaded(TensorMap tensors, const Parameters& declared, const Placement& place) {
    Loaded model{std::move(tensors), {}, 0};
    for (const auto& [name, tensor] : model.tensors) {
        model.parameters += tensor.numel();
    }
    if (place.device.is_cpu()) {
        model.packed = packAll(model.tensors, declared, place.dtype);
    }
    // What is left: all of a GPU's, and where LibTorch brings a oneDNN of its own.
    for (auto& [name, tensor] : model.tensors) {
        tensor = placed(tensor, declared.find(name)->second, place);
    }
    return model;
}

}  // namespace maskwright::nn
