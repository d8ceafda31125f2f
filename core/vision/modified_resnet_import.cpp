#include "core/vision/modified_resnet_import.h"

#include <ATen/ATen.h>

#include <functional>

namespace maskwright::vision {

namespace {

constexpr double kEps = 1e-5;  // PyTorch's BatchNorm2d

// A convolution, the batch norm behind it, and their name here.
struct Pair {
    std::string conv, norm, to;
};

std::vector<Pair> pairsOf(const ModifiedResNet& config) {
    std::vector<Pair> pairs;
    const auto numbered = [&](const std::string& under) {
        for (const char* number : {"1", "2", "3"}) {
            const std::string conv = under + "conv" + number;
            pairs.push_back({conv, under + "bn" + number, conv});
        }
    };
    numbered("");
    for (std::size_t stage = 0; stage < config.layers.size(); ++stage) {
        for (std::int64_t i = 0; i < config.layers[stage]; ++i) {
            const std::string block = "layer" + std::to_string(stage + 1) + "." + std::to_string(i) + ".";
            numbered(block);
            if (i == 0) {
                const std::string down = block + "downsample";
                pairs.push_back({down + ".0", down + ".1", down});
            }
        }
    }
    return pairs;
}

}  // namespace

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
