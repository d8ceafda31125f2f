#include "core/vision/modified_resnet_import.h"

#include <ATen/ATen.h>

#include <functional>

namespace maskwright::vision {

namespace {

constexpr double kEps = 1e-5;  // PyTorch's BatchNorm2d

// A convolution, the batch norm behind it, and their name here.
struct Pair {
    std::string conv, norm, to;
    std::vector<std::int64_t> shape;  // of the kernel
};

std::vector<Pair> pairsOf(const ModifiedResNet& config) {
    const std::int64_t w = config.width;
    std::vector<Pair> pairs = {{"conv1", "bn1", "conv1", {w / 2, 3, 3, 3}},
                               {"conv2", "bn2", "conv2", {w / 2, w / 2, 3, 3}},
                               {"conv3", "bn3", "conv3", {w, w / 2, 3, 3}}};
    std::int64_t in = w;
    for (std::size_t stage = 0; stage < config.layers.size(); ++stage) {
        const std::int64_t planes = w << stage, out = ModifiedResNet::kExpansion * planes;
        for (std::int64_t i = 0; i < config.layers[stage]; ++i) {
            const std::string block = "layer" + std::to_string(stage + 1) + "." + std::to_string(i) + ".";
            pairs.push_back({block + "conv1", block + "bn1", block + "conv1", {planes, in, 1, 1}});
            pairs.push_back({block + "conv2", block + "bn2", block + "conv2", {planes, planes, 3, 3}});
            pairs.push_back({block + "conv3", block + "bn3", block + "conv3", {out, planes, 1, 1}});
            if (i == 0) {
                const std::string down = block + "downsample";
                pairs.push_back({down + ".0", down + ".1", down, {out, in, 1, 1}});
            }
            in = out;
        }
    }
    return pairs;
}

}  // namespace

weights::ExpectedTensors publishedShapes(const ModifiedResNet& config, std::int64_t projection) {
    weights::ExpectedTensors shapes;
    for (const Pair& pair : pairsOf(config)) {
        shapes[pair.conv + ".weight"] = pair.shape;
        for (const char* part : {"weight", "bias", "running_mean", "running_var"}) {
            shapes[pair.norm + "." + part] = {pair.shape.front()};
        }
    }
    const std::int64_t side = config.imageSize / ModifiedResNet::kStride, wide = config.hiddenSize;
    shapes["attnpool.positional_embedding"] = {side * side + 1, wide};
    for (const char* name : {"q", "k", "v", "c"}) {
        const std::int64_t out = *name == 'c' ? projection : wide;
        shapes["attnpool." + std::string(name) + "_proj.weight"] = {out, wide};
        shapes["attnpool." + std::string(name) + "_proj.bias"] = {out};
    }
    return shapes;
}

ImportedResNet importResNet(const nn::TensorMap& published, const ModifiedResNet& config) {
    const nn::Params all(published);
    ImportedResNet result;
    for (const Pair& pair : pairsOf(config)) {
        const auto norm = [&](const char* part) { return all.tensor(pair.norm + "." + part).to(at::kDouble); };
        const at::Tensor scale = norm("weight") / (norm("running_var") + kEps).sqrt();
        const at::Tensor kernel = all.tensor(pair.conv + ".weight").to(at::kDouble) * scale.view({-1, 1, 1, 1});
        result.trunk[pair.to + ".weight"] = kernel.to(at::kFloat);
        result.trunk[pair.to + ".bias"] = (norm("bias") - norm("running_mean") * scale).to(at::kFloat);
    }
    result.trunk["attnpool.positional_embedding"] = all.tensor("attnpool.positional_embedding");
    for (const char* name : {"q_proj", "k_proj", "v_proj"}) {
        for (const char* part : {".weight", ".bias"}) {
            result.trunk["attnpool." + std::string(name) + part] = all.tensor("attnpool." + std::string(name) + part);
        }
    }
    result.projectionWeight = all.tensor("attnpool.c_proj.weight");
    result.projectionBias = all.tensor("attnpool.c_proj.bias");
    return result;
}

}  // namespace maskwright::vision
