#include "core/nn/packed.h"

#include <ATen/ATen.h>
#include <c10/util/accumulate.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string_view>

#include "core/nn/onednn.h"

namespace maskwright::nn {

namespace {

constexpr std::string_view kWeight = ".weight", kQuery = ".q_proj", kKey = ".k_proj", kValue = ".v_proj";

// A matrix of two sides or a kernel, called "...weight": what layers multiply by.
bool isProduct(const std::string& name, const Parameter& parameter) {
    if (!name.ends_with(kWeight)) {
        return false;
    }
    switch (parameter.role) {
        case Role::matrix:
            return parameter.shape.size() == 2;
        case Role::convolution:
        case Role::transposedConvolution:
            return parameter.shape.size() == 4;
        default:
            return false;
    }
}

}  // namespace

std::vector<PackedLayer> packable(const Parameters& declared, at::Device device) {
    std::vector<PackedLayer> found;
    if (!onednn::available() || !device.is_cpu()) {
        return found;
    }
    std::set<std::string> taken;
    const auto layerOf = [](const std::string& name) { return name.substr(0, name.size() - kWeight.size()); };
    for (const auto& [name, parameter] : declared) {
        const std::string layer = layerOf(name);
        if (!isProduct(name, parameter) || !layer.ends_with(kQuery)) {
            continue;
        }
        const std::string attention = layer.substr(0, layer.size() - kQuery.size());
        const std::vector<std::string> three = {layer, attention + std::string(kKey), attention + std::string(kValue)};
        const bool alike = std::all_of(three.begin(), three.end(), [&](const std::string& one) {
            const auto other = declared.find(one + std::string(kWeight));
            return other != declared.end() && other->second.shape == parameter.shape;
        });
        if (alike) {
            found.push_back({attention + ".qkv", three, parameter});
            taken.insert(three.begin(), three.end());
        }
    }
    for (const auto& [name, parameter] : declared) {
        if (isProduct(name, parameter) && !taken.contains(layerOf(name))) {
            found.push_back({layerOf(name), {layerOf(name)}, parameter});
        }
    }
    return found;
}

at::Tensor Packer::room(std::int64_t numbers) {
    if (!buffer_.defined() || buffer_.numel() < numbers) {
        buffer_ = at::Tensor();
        buffer_ = at::empty({numbers}, at::kFloat);
    }
    return buffer_.slice(0, 0, numbers);
}

PackedWeight Packer::pack(const PackedLayer& layer, at::ScalarType type) {
    // The layers' weights one below the other.
    std::vector<std::int64_t> shape = layer.weight.shape;
    shape.front() *= static_cast<std::int64_t>(layer.layers.size());
    at::Tensor weight = room(c10::multiply_integers(shape)).view(shape);
    at::Tensor bias = at::zeros({layer.weight.role == Role::transposedConvolution ? shape[1] : shape[0]}, at::kFloat);
    const std::int64_t rows = layer.weight.shape.front();
    std::int64_t from = 0;
    for (const std::string& one : layer.layers) {
        if (!read_(one + std::string(kWeight), weight.slice(0, from, from + rows))) {
            throw std::out_of_range("the tensor " + one + std::string(kWeight) + " is missing");
        }
        if (declared_.contains(one + ".bias")) {
            read_(one + ".bias", layer.layers.size() == 1 ? bias : bias.slice(0, from, from + rows));
        }
        from += rows;
    }
    if (type == at::kBFloat16 && !onednn::multipliesBfloat16()) {
        weight.copy_(weight.to(at::kBFloat16));
        type = at::kFloat;
    }
    if (layer.weight.role == Role::convolution) {
        return onednn::packConvolution(weight, bias, type, layer.weight.groups);
    }
    std::int64_t kernel = 1;
    if (layer.weight.role == Role::transposedConvolution) {
        // [I, O, s, s] as the matrix of expandPixels().
        const std::int64_t cells = weight.size(2) * weight.size(3);
        bias = bias.repeat_interleave(cells);
        kernel = weight.size(2);
        weight = weight.reshape({weight.size(0), weight.size(1) * cells}).t();
    }
    return onednn::packMatrix(weight, bias, type, kernel);
}

PackedLayers packAll(TensorMap& tensors, const Parameters& declared, at::ScalarType type) {
    PackedLayers packed;
    Packer packer(declared, [&](const std::string& name, const at::Tensor& into) {
        const auto found = tensors.find(name);
        if (found == tensors.end()) {
            return false;
        }
        into.copy_(found->second);
        tensors.erase(found);
        return true;
    });
    for (const PackedLayer& layer : packable(declared, at::kCPU)) {
        packed.emplace(layer.name, packer.pack(layer, takesModelType(layer.weight) ? type : at::kFloat));
    }
    return packed;
}

}  // namespace maskwright::nn
