#include "core/vision/efficientnet_import.h"

#include <ATen/ATen.h>

#include <stdexcept>

namespace maskwright::vision {

namespace {

constexpr double kEps = 1e-3;

}  // namespace

ImportedClassifier importClassifier(const nn::TensorMap& published, const Trunk& trunk) {
    const auto* config = std::get_if<EfficientNet>(&trunk.type());
    if (config == nullptr) {
        throw std::invalid_argument("a published classifier can only become an EfficientNet-Lite");
    }
    const nn::Params all(published);
    ImportedClassifier result;
    const auto fold = [&](const std::string& conv, const std::string& norm, const std::string& to) {
        const at::Tensor scale = all.tensor(norm + ".weight") / (all.tensor(norm + ".running_var") + kEps).sqrt();
        result.trunk[to + ".weight"] = all.tensor(conv + ".weight") * scale.view({-1, 1, 1, 1});
        result.trunk[to + ".bias"] = all.tensor(norm + ".bias") - all.tensor(norm + ".running_mean") * scale;
    };
    fold("_conv_stem", "_bn0", "stem");
    const std::vector<Block> blocks = config->blocks();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const std::string from = "_blocks." + std::to_string(i) + ".", to = "blocks." + std::to_string(i) + ".";
        if (blocks[i].expand != 1) {
            fold(from + "_expand_conv", from + "_bn0", to + "expand");
        }
        fold(from + "_depthwise_conv", from + "_bn1", to + "depthwise");
        fold(from + "_project_conv", from + "_bn2", to + "project");
    }
    fold("_conv_head", "_bn1", "head");
    result.classifierWeight = all.tensor("_fc.weight");
    result.classifierBias = all.tensor("_fc.bias");
    return result;
}

}  // namespace maskwright::vision
