// SOLOv2 as AdelaiDet (aim-uofa/AdelaiDet) names its tensors, such as FreeSOLO's checkpoints.
#include <ATen/ATen.h>

#include "core/base/draft_folder.h"
#include "core/base/file.h"
#include "core/segmenters/convert.h"
#include "core/segmenters/released.h"
#include "core/segmenters/solo_network.h"

namespace maskwright::segmenters {

namespace {

// Of NVlabs/FreeSOLO's LICENSE and README.
constexpr const char* kNotice =
    "Weights converted from a SOLOv2 checkpoint of the user's own.\n"
    "\n"
    "  Licence   if it is FreeSOLO's (NVIDIA): NVIDIA Source Code License-NC, non-commercial use only\n"
    "  Changed   batch norms folded into their convolutions; embeddings left out\n";

SoloConfig configOf(Released& file) {
    const std::string below = "backbone.bottom_up.", head = "ins_head.", mask = "mask_head.";
    SoloConfig c;
    c.backbone.stem = file.side(below + "stem.conv1.weight", 4, 0);
    c.backbone.inner = file.side(below + "res2.0.conv2.weight", 4, 0);
    c.backbone.width = file.side(below + "res2.0.conv3.weight", 4, 0);
    c.backbone.channels = file.side("backbone.fpn_lateral2.weight", 4, 0);
    c.backbone.layers.clear();
    for (const char* stage : {"res2.", "res3.", "res4.", "res5."}) {
        c.backbone.layers.push_back(file.count(below + stage, ".conv1.weight"));
    }
    c.classes = file.side(head + "cate_pred.weight", 4, 0);
    c.width = file.side(head + "cate_pred.weight", 4, 1);
    c.kernels = file.side(head + "kernel_pred.weight", 4, 0);
    c.maskWidth = file.side(mask + "conv_pred.0.weight", 4, 1);
    c.convolutions = 0;
    while (file.has(head + "cate_tower." + std::to_string(3 * c.convolutions) + ".weight")) {
        ++c.convolutions;
    }
    return c;
}

// detectron2's pairs "<layer>" and "<layer>.norm".
void foldAll(nn::TensorMap& tensors) { foldBatchNorms(tensors, ".norm.running_var", "", ".norm"); }

}  // namespace

Result<bool> holdsSolo(const std::string& path) {
    const auto file = weights::TorchFile::open(path, weights::TorchFile::Scripts::forTensors);
    if (!file) {
        return file.error();
    }
    return file->tensors().contains("ins_head.kernel_pred.weight");
}

Result<Converted> convertSolo(const std::string& path, const std::string& outFolder, const std::stop_token& stop) {
    auto draft = DraftFolder::create(outFolder);
    if (!draft) {
        return draft.error();
    }
    const auto file = weights::TorchFile::open(path);
    if (!file) {
        return file.error();
    }
    Released released(*file);
    const SoloConfig config = configOf(released);
    const auto fault = [&](const Message& problem) {
        return Error{ErrorKind::weights, message("%1: no SOLOv2: %2", file->name(), problem),
                     "give a FreeSOLO checkpoint"};
    };
    if (!released.problem().empty()) {
        return fault(released.problem());
    }
    auto tensors = released.read(
        [](const std::string& name) { return name != "_iter" && name.find("emb_pred.") == std::string::npos; }, stop);
    if (!tensors) {
        return tensors.error();
    }
    foldAll(*tensors);
    if (const Message problem = misfit(*tensors, soloParameters(config), [](const std::string& name) { return name; });
        !problem.empty()) {
        return fault(problem);
    }
    Converted made{"SOLOv2", config.shortSide, 0};
    for (const auto& [name, tensor] : *tensors) {
        made.parameters += tensor.numel();
    }
    MASKWRIGHT_TRY(
        nn::writeTensors(draft->file("model.safetensors"), *tensors, weights::DType::f32, {{"format", "pt"}}));
    MASKWRIGHT_TRY(writeFileAtomically(draft->file("config.json"), toJson(config).dump(2) + "\n"));
    MASKWRIGHT_TRY(writeFileAtomically(draft->file("NOTICE"), kNotice));
    MASKWRIGHT_TRY(draft->publish());
    return made;
}

}  // namespace maskwright::segmenters
