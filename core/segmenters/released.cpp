#include "core/segmenters/released.h"

#include <ATen/ATen.h>

#include <cstring>

#include "core/nn/sizes.h"

namespace maskwright::segmenters {

namespace {

// float32 from the little-endian elements of a floating-point tensor.
Result<at::Tensor> tensorOf(const weights::TorchFile& file, const std::string& name, const weights::TensorInfo& info) {
    const auto bytes = file.read(name);
    if (!bytes) {
        return bytes.error();
    }
    const auto type = info.dtype == weights::DType::f32    ? at::kFloat
                      : info.dtype == weights::DType::f16  ? at::kHalf
                      : info.dtype == weights::DType::bf16 ? at::kBFloat16
                                                           : at::kDouble;
    at::Tensor tensor = at::empty(info.shape, type);
    std::memcpy(tensor.data_ptr(), bytes->data(), std::min(bytes->size(), std::size_t(tensor.nbytes())));
    return tensor.to(at::kFloat);
}

bool isFloating(weights::DType type) {
    return type == weights::DType::f32 || type == weights::DType::f16 || type == weights::DType::bf16 ||
           type == weights::DType::f64;
}

}  // namespace

std::int64_t Released::side(const std::string& name, std::size_t rank, std::size_t axis) {
    const auto found = file_.tensors().find(name);
    const bool there = found != file_.tensors().end();
    if (there && found->second.shape.size() == rank && found->second.shape[axis] > 0) {
        return found->second.shape[axis];
    }
    if (problem_.empty()) {
        problem_ = there ? message("tensor %1 has the shape %2", quoted(name), weights::shapeText(found->second.shape))
                         : message("tensor %1 is missing", quoted(name));
    }
    return 1;
}

std::int64_t Released::count(const std::string& before, const std::string& after) const {
    std::int64_t number = 0;
    while (number < nn::kMaxLayers && has(before + std::to_string(number) + after)) {
        ++number;
    }
    return number;
}

Result<nn::TensorMap> Released::read(const std::function<bool(const std::string&)>& wanted,
                                     const std::stop_token& stop) const {
    nn::TensorMap tensors;
    for (const auto& [name, info] : file_.tensors()) {
        if (stop.stop_requested()) {
            return Error{ErrorKind::cancelled, "the conversion was stopped", ""};
        }
        if (!wanted(name) || !isFloating(info.dtype)) {
            continue;
        }
        auto tensor = tensorOf(file_, name, info);
        if (!tensor) {
            return tensor.error();
        }
        tensors.emplace(name, std::move(*tensor));
    }
    return tensors;
}

Message misfit(const nn::TensorMap& tensors, const nn::Parameters& declared,
               const std::function<std::string(const std::string&)>& fileName) {
    for (const auto& [name, parameter] : declared) {
        const auto found = tensors.find(fileName(name));
        if (found == tensors.end()) {
            return message("tensor %1 is missing", quoted(fileName(name)));
        }
        const at::IntArrayRef shape = found->second.sizes();
        if (shape != at::IntArrayRef(parameter.shape)) {
            return message("tensor %1 has the shape %2", quoted(fileName(name)),
                           weights::shapeText({shape.data(), shape.size()}));
        }
    }
    return {};
}

void foldBatchNorm(nn::TensorMap& tensors, const std::string& conv, const std::string& norm, const std::string& to,
                   double eps) {
    const auto take = [&](const std::string& name) {
        const auto found = tensors.find(name);
        if (found == tensors.end()) {
            throw std::out_of_range("the tensor " + name + " is missing");
        }
        at::Tensor tensor = found->second.to(at::kDouble);
        tensors.erase(found);
        return tensor;
    };
    const at::Tensor scale = take(norm + ".weight") / (take(norm + ".running_var") + eps).sqrt();
    const at::Tensor shift = take(norm + ".bias") - take(norm + ".running_mean") * scale;
    const at::Tensor kernel = take(conv + ".weight") * scale.view({-1, 1, 1, 1});
    tensors[to + ".weight"] = kernel.to(at::kFloat);
    tensors[to + ".bias"] = shift.to(at::kFloat);
}

void foldBatchNorms(nn::TensorMap& tensors, std::string_view mark, const std::string& conv, const std::string& norm) {
    std::vector<std::string> layers;
    for (const auto& [name, tensor] : tensors) {
        if (name.ends_with(mark)) {
            layers.push_back(name.substr(0, name.size() - mark.size()));
        }
    }
    for (const std::string& layer : layers) {
        foldBatchNorm(tensors, layer + conv, layer + norm, layer);
    }
}

}  // namespace maskwright::segmenters
