#include "core/train/model_files.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <filesystem>

#include "core/base/draft_folder.h"
#include "core/base/file.h"
#include "core/clipseg/decoder.h"
#include "core/clipseg/model.h"
#include "core/image/resize.h"
#include "core/train/run_folders.h"
#include "core/train/words.h"
#include "core/weights/convert.h"
#include "core/weights/model_folder.h"

namespace maskwright::train {
namespace {

const std::string kAfterNames = "names.safetensors";

// What `base` is stored in; float32 where it mixes types, which holds them all.
weights::DType floatingType(const Context& context) {
    if (context.options.base.empty()) {
        return weights::DType::f16;
    }
    const auto file = need(weights::openWeights(need(weights::locateModel(context.options.base))));
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

// A trunk that detects is never trained: it lies in a file of its own, and what is trained again is a small one.
void writeWeights(const DraftFolder& draft, const clipseg::Config& config, const nn::TensorMap& tensors,
                  weights::DType type) {
    const nn::Parameters parameters = clipseg::parameters(config);
    nn::TensorMap trunk, rest;
    for (const auto& [name, tensor] : tensors) {
        const auto found = parameters.find(name);
        const bool frozen =
            config.clip.vision.names() > 0 && found != parameters.end() && found->second.part == nn::Part::visionTower;
        (frozen ? trunk : rest)[name] = tensor;
    }
    if (!trunk.empty()) {
        need(nn::writeTensors(draft.file("trunk.safetensors"), trunk, type, {{"format", "pt"}}));
    }
    need(nn::writeTensors(draft.file("model.safetensors"), rest, type, {{"format", "pt"}}));
}

// What the stage segment goes on from: the stage names leaves a model with an is-a head, the stage joint one without.
std::string stageBefore(const Context& context) {
    return context.config.eyes.isAMlp > 0 ? kAfterNames : "joint.safetensors";
}

// The words of the model before, or what the stage words has left, and the names that were learned from pictures.
void writeWords(const Context& context, const DraftFolder& draft) {
    namespace fs = std::filesystem;
    std::string file = (fs::path(context.options.modelBefore()) / clipseg::kWordsFile).string();
    std::error_code ignored;
    if (context.options.modelBefore().empty() || !fs::exists(file, ignored)) {
        file = context.workFile(clipseg::kWordsFile);
    }
    if (!fs::exists(file, ignored)) {
        throw TrainError({ErrorKind::input,
                          message("%1: the model has known_words, and there is no list of them", file),
                          "run the stage words before, or leave known_words out of the model"});
    }
    constexpr std::uint64_t kMostBytes = 16u << 20;
    std::string list = need(readFile(file, kMostBytes));
    if (context.photos) {
        list = need(withNames(list, namesOf(*context.photos)));
    }
    need(writeFileAtomically(draft.file(clipseg::kWordsFile), list));
    const fs::path synonyms = fs::path(context.options.modelBefore()) / "synonyms.txt";
    if (!context.options.modelBefore().empty() && fs::exists(synonyms, ignored)) {
        need(writeFileAtomically(draft.file("synonyms.txt"), need(readFile(synonyms, kMostBytes))));
    }
}

}  // namespace

nn::TensorMap wholeModel(const clipseg::Config& config, const nn::TensorMap& model) {
    nn::TensorMap tensors;
    for (const auto& [name, parameter] : clipseg::parameters(config)) {
        const auto found = model.find(name);
        if (found == model.end() || found->second.sizes().vec() != parameter.shape) {
            throw TrainError({ErrorKind::input,
                              message("the stages left no tensor %1 of the shape the model needs", name),
                              "train all stages with one configuration"});
        }
        tensors[name] = found->second;
    }
    return tensors;
}

clip::Preprocessing preprocessingOf(const Context& context) {
    if (const std::string& before = context.options.modelBefore(); !before.empty()) {
        return need(clip::readModelPreprocessing(before));
    }
    if (context.config.clip.vision.names() > 0) {
        return {.mean = {0, 0, 0}, .deviation = {1, 1, 1}};
    }
    return {};
}

nn::TensorMap startingModel(const Context& context) {
    const std::string& before = context.options.modelBefore();
    const auto file = need(before.empty() ? weights::SafetensorsFile::open(context.workFile(stageBefore(context)))
                                          : weights::openWeights(need(weights::locateModel(before))));
    weights::ExpectedTensors shapes = nn::shapesOf(clipseg::parameters(context.config));
    nn::TensorMap fresh;
    if (!context.options.start.empty() || (before.empty() && stageBefore(context) == kAfterNames)) {
        // What the model before does not have of the decoder begins fresh.
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

nn::TensorMap tensorsIn(const std::string& folder, const std::function<bool(const std::string&)>& wanted) {
    return nn::readTensors(need(weights::openWeights(need(weights::locateModel(folder)))), wanted);
}

nn::TensorMap tensorsOfStart(const Context& context) {
    const nn::Parameters known = clipseg::parameters(context.config);
    nn::TensorMap tensors =
        tensorsIn(context.options.start, [&](const std::string& name) { return known.contains(name); });
    std::erase_if(tensors, [](const auto& item) { return !item.second.is_floating_point(); });
    return tensors;
}

void writeModelFolder(const Context& context, const nn::TensorMap& tensors, double threshold) {
    const Options& options = context.options;
    DraftFolder draft = need(DraftFolder::create(options.output));
    clipseg::Config config = context.config;
    config.defaultThreshold = threshold;
    need(writeFileAtomically(draft.file("config.json"), clipseg::toJson(config).dump(2) + "\n"));
    writeWeights(draft, config, tensors, floatingType(context));
    Json preprocessor = weights::preprocessorConfig(config.inputSize);
    const clip::Preprocessing preprocessing = preprocessingOf(context);
    if (preprocessing.mean != kImageNetMean || preprocessing.deviation != kImageNetStd) {
        preprocessor["image_mean"] = preprocessing.mean;
        preprocessor["image_std"] = preprocessing.deviation;
    }
    need(writeFileAtomically(draft.file("preprocessor_config.json"), preprocessor.dump(2) + "\n"));
    if (config.knownWords) {
        writeWords(context, draft);
    }
    const std::string& before = options.modelBefore();
    need(weights::copyTokenizer(before.empty() ? options.work : before,
                                [&](std::string_view name) { return draft.file(name); }));
    need(draft.publishOver(modelFiles(options.output), kModelKey));
}

}  // namespace maskwright::train
