#include "core/train/model_files.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <filesystem>

#include "core/base/draft_folder.h"
#include "core/base/file.h"
#include "core/clipseg/decoder.h"
#include "core/train/run_folders.h"
#include "core/weights/convert.h"
#include "core/weights/model_folder.h"

namespace maskwright::train {
namespace {

// What `base` is stored in; float32 where it mixes types, which holds them all.
weights::DType floatingType(const Context& context) {
    if (context.options.base.empty()) {
        return weights::DType::f16;
    }
    const auto file = need(weights::SafetensorsFile::open(need(weights::locateModel(context.options.base)).weights));
    std::optional<weights::DType> type;
    for (const auto& [name, info] : file.tensors()) {
        if (info.dtype != weights::DType::f16 && info.dtype != weights::DType::bf16) {
            if (info.dtype == weights::DType::f32 || info.dtype == weights::DType::f64) {
                return weights::DType::f32;
            }
        } else if (type.value_or(info.dtype) != info.dtype) {
            return weights::DType::f32;
        } else {
            type = info.dtype;
        }
    }
    return type.value_or(weights::DType::f32);
}

}  // namespace

nn::TensorMap startingModel(const Context& context) {
    const std::string& before = context.options.modelBefore();
    const std::string path =
        before.empty() ? context.workFile("joint.safetensors") : need(weights::locateModel(before)).weights;
    const auto file = need(weights::SafetensorsFile::open(path));
    weights::ExpectedTensors shapes = nn::shapesOf(clipseg::parameters(context.config));
    nn::TensorMap fresh;
    if (!context.options.start.empty()) {
        // An extension that the model before does not have begins fresh.
        at::manual_seed(static_cast<std::uint64_t>(context.options.seed));
        for (const auto& [name, tensor] : clipseg::freshDecoder(context.config)) {
            if (!file.tensors().contains(name)) {
                fresh[name] = tensor;
                shapes.erase(name);
            }
        }
    }
    // The head for marked objects belongs to the tower it was trained on: the stage support adds it again afterwards.
    const clip::Config& clip = context.config.clip;
    const bool dropsHead = !context.options.start.empty() && clip.pooledHead.names == 0;
    const nn::Parameters head = clip::pooledHeadParameters(clip.pooledHead, clip.projection);
    const auto leftOut = [&](std::string_view name) {
        return weights::isPositionIds(name) || (dropsHead && head.contains(name));
    };
    need(weights::checkTensors(file, shapes, leftOut));
    nn::TensorMap model = nn::readTensors(file, [&](const std::string& name) { return !leftOut(name); });
    model.merge(fresh);
    return model;
}

nn::TensorMap tensorsOfStart(const Context& context) {
    const auto file = need(weights::SafetensorsFile::open(need(weights::locateModel(context.options.start)).weights));
    const nn::Parameters known = clipseg::parameters(context.config);
    nn::TensorMap tensors = nn::readTensors(file, [&](const std::string& name) { return known.contains(name); });
    std::erase_if(tensors, [](const auto& item) { return !item.second.is_floating_point(); });
    return tensors;
}

void writeModelFolder(const Context& context, const nn::TensorMap& tensors, double threshold) {
    namespace fs = std::filesystem;
    const Options& options = context.options;
    DraftFolder draft = need(DraftFolder::create(options.output));
    clipseg::Config config = context.config;
    config.defaultThreshold = threshold;
    need(writeFileAtomically(draft.file("config.json"), clipseg::toJson(config).dump(2) + "\n"));
    need(nn::writeTensors(draft.file("model.safetensors"), tensors, floatingType(context), {{"format", "pt"}}));
    need(writeFileAtomically(draft.file("preprocessor_config.json"),
                             weights::preprocessorConfig(config.inputSize).dump(2) + "\n"));
    const fs::path from = options.modelBefore().empty() ? options.work : options.modelBefore();
    for (const char* name : {"tokenizer.model", "vocab.json", "merges.txt", "tokenizer.json", "tokenizer_config.json",
                             "special_tokens_map.json"}) {
        std::error_code code;
        if (fs::exists(from / name, code)) {
            need(writeFileAtomically(draft.file(name), need(readFile(from / name, 64u << 20))));
        }
    }
    need(draft.publishOver(kModelFiles));
}

}  // namespace maskwright::train
