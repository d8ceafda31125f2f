#include "core/nn/packed.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <set>
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

PackedWeight pack(const PackedLayer& layer, at::ScalarType type,
                  const std::function<at::Tensor(const std::string&)>& read) {
    std::vector<at::Tensor> weights, biases;
    bool biased = false;
    for (const std::string& one : layer.layers) {
        weights.push_back(read(one + std::string(kWeight)));
        const at::Tensor bias = read(one + ".bias");
        biased = biased || bias.defined();
        biases.push_back(bias.defined() ? bias : at::zeros({weights.back().size(0)}, at::kFloat));
    }
    at::Tensor weight = weights.size() == 1 ? weights.front() : at::cat(weights);
    at::Tensor bias = !biased ? at::Tensor() : biases.size() == 1 ? biases.front() : at::cat(biases);
    if (layer.weight.role == Role::convolution) {
        return onednn::packConvolution(weight, bias, type, layer.weight.groups);
    }
    std::int64_t kernel = 1;
    if (layer.weight.role == Role::transposedConvolution) {
        // [I, O, s, s] as the matrix of expandPixels().
        const std::int64_t cells = weight.size(2) * weight.size(3);
        if (bias.defined()) {
            bias = bias.repeat_interleave(cells);
        }
        kernel = weight.size(2);
        weight = weight.reshape({weight.size(0), weight.size(1) * cells}).t();
    }
    return onednn::packMatrix(weight, bias, type, kernel);
}

PackedLayers packAll(TensorMap& tensors, const Parameters& declared, at::ScalarType type) {
    PackedLayers packed;
    for (const PackedLayer& layer : packable(declared, at::kCPU)) {
        const at::ScalarType own = takesModelType(layer.weight) ? type : at::kFloat;
        packed.emplace(layer.name, pack(layer, own, [&](const std::string& name) {
                           const auto found = tensors.find(name);
                           at::Tensor tensor = found == tensors.end() ? at::Tensor() : found->second;
                           if (found != tensors.end()) {
                               tensors.erase(found);
                           }
                           return tensor;
                       }));
    }
    return packed;
}

}  // namespace maskwright::nn
