#include "core/vision/efficientnet_import.h"

#include <ATen/ATen.h>

#include <stdexcept>

namespace maskwright::vision {

namespace {

constexpr double kEps = 1e-3;

ImportedClassifier imported(const nn::TensorMap& published, const EfficientNet& config) {
    const nn::Params all(published);
    ImportedClassifier result;
    const auto fold = [&](const std::string& conv, const std::string& norm, const std::string& to) {
        const at::Tensor scale = all.tensor(norm + ".weight") / (all.tensor(norm + ".running_var") + kEps).sqrt();
        result.trunk[to + ".weight"] = all.tensor(conv + ".weight") * scale.view({-1, 1, 1, 1});
        result.trunk[to + ".bias"] = all.tensor(norm + ".bias") - all.tensor(norm + ".running_mean") * scale;
    };
    fold("_conv_stem", "_bn0", "stem");
    const std::vector<Block> blocks = config.blocks();
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

}  // namespace

ImportedClassifier importClassifier(const nn::TensorMap& published, const Trunk& trunk) {
    const auto* config = std::get_if<EfficientNet>(&trunk.type());
    if (config == nullptr) {
        throw std::invalid_argument("a published classifier can only become an EfficientNet-Lite");
    }
    return imported(published, *config);
}

nn::TensorMap importTrunks(const nn::TensorMap& detector, const nn::TensorMap& published, const Trunk& trunk) {
    const auto* config = std::get_if<DetectorTrunk>(&trunk.type());
    if (config == nullptr) {
        throw std::invalid_argument("a published detector can only become a yolov7_seg_efficientnet");
    }
    const ImportedClassifier classifier = imported(published, config->classifier);
    nn::TensorMap given;
    for (const auto& [name, tensor] : detector) {
        given["detector." + name] = tensor;
    }
    for (const auto& [name, tensor] : classifier.trunk) {
        given["classifier." + name] = tensor;
    }
    given["classifier.fc.weight"] = classifier.classifierWeight;
    given["classifier.fc.bias"] = classifier.classifierBias;

    nn::Parameters declared;
    trunk.declare(nn::Declaration(declared, nn::Part::visionTower));
    nn::TensorMap result;
    for (const auto& [name, parameter] : declared) {
        const at::Tensor& tensor = nn::Params(given).tensor(name);
        if (tensor.sizes() != at::IntArrayRef(parameter.shape)) {
            throw std::invalid_argument("the tensor " + name + " has another shape than the trunk needs");
        }
        result[name] = tensor;
    }
    return result;
}

}  // namespace maskwright::vision
