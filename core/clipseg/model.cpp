#include "core/clipseg/model.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "core/clip/preprocessing.h"
#include "core/clip/tokenizer_files.h"
#include "core/clipseg/marked.h"
#include "core/clipseg/memory.h"
#include "core/clipseg/spoken.h"
#include "core/nn/device.h"
#include "core/nn/own_cores.h"
#include "core/vision/block_loop.h"
#include "core/weights/model_folder.h"

namespace maskwright::clipseg {

namespace {

constexpr std::string_view kOfTrunk = "clip.vision_model.";
constexpr const char* kTokenEmbedding = "clip.text_model.embeddings.token_embedding.weight";

template <class T>
T valueOrThrow(Result<T> result) {
    if (!result) {
        throw ModelError(result.error());
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

// Of a picture that phrases are asked of `request` is what they need; a marked one needs the trunk's end.
bool neededByPhrases(const vision::Request& request, std::int64_t blocks, const nn::Parameter& parameter) {
    return request.dense ||
           (parameter.depth < vision::blocksNeeded(request, blocks) && parameter.part != nn::Part::visualProjection);
}

}  // namespace

Config readModelConfig(const std::string& folder) {
    const weights::ModelFiles files = valueOrThrow(weights::locateModel(folder));
    Config config =
        valueOrThrow(readConfig(valueOrThrow(readJsonFile(files.config, ErrorKind::weights)), files.config));
    if (config.name.empty()) {
        config.name = files.folder.filename().string();
    }
    if (const auto side = valueOrThrow(clip::readModelPreprocessing(files)).side; side != 0) {
        config.inputSize = side;
    }
    return config;
}

std::unique_ptr<Model> Model::load(const std::string& folder, at::Device device, at::ScalarType dtype) {
    std::unique_ptr<Model> model(new Model);
    model->device_ = device;
    model->dtype_ = dtype;
    model->config_ = readModelConfig(folder);
    const Config& config = model->config_;
    weights::SafetensorsFile file = valueOrThrow(weights::openWeights(valueOrThrow(weights::locateModel(folder))));
    const nn::Parameters declared = parameters(config);
    // A trunk that detects lies in a file of its own, which is easily left behind.
    const auto ofTrunk = [](const auto& item) { return item.first.starts_with(kOfTrunk); };
    if (config.clip.vision.names() > 0 && std::none_of(file.tensors().begin(), file.tensors().end(), ofTrunk)) {
        throw ModelError(Error{ErrorKind::weights, message("%1 is missing", folder + "/trunk.safetensors"),
                               "copy the whole model folder"});
    }
    // Without it the picture would be normalised as CLIP's towers want it.
    if (const weights::ModelFiles files = valueOrThrow(weights::locateModel(folder));
        config.clip.vision.names() > 0 && files.preprocessor.empty() && files.processor.empty()) {
        throw ModelError(Error{ErrorKind::weights, message("%1 is missing", folder + "/preprocessor_config.json"),
                               "copy the whole model folder"});
    }
    valueOrThrow(weights::checkTensors(file, nn::shapesOf(declared)));
    model->tokenizer_ = valueOrThrow(clip::loadTokenizer(folder, config.clip.text));
    if (config.knownWords) {
        const weights::ModelFiles files = valueOrThrow(weights::locateModel(folder));
        model->words_.emplace(valueOrThrow(text::WordList::load((files.folder / kWordsFile).string())));
    }
    const c10::InferenceMode inference;
    const auto fileOf = [folder, file = file.name()](const std::string& name) {
        const weights::ModelFiles files = valueOrThrow(weights::locateModel(folder));
        return !files.trunk.empty() && name.starts_with(kOfTrunk) ? files.trunk : file;
    };
    model->weights_ = std::make_unique<ModelWeights>(
        std::move(file), declared, nn::Placement{device, dtype, config.clip.vision.channelsLast()}, fileOf);
    const vision::Request request = visionRequest(config);
    model->weights_->read([&](const std::string& name, const nn::Parameter& parameter) {
        return neededByPhrases(request, config.clip.vision.blocks(), parameter) &&
               !(device.is_cpu() && name == kTokenEmbedding);
    });
    return model;
}

Features Model::encode(const at::Tensor& pixels, std::stop_token stop) const {
    const c10::InferenceMode inference;
    vision::Request request = visionRequest(config_);
    request.stop = std::move(stop);
    const nn::Params p = params()["decoder"];
    Features features =
        featuresOf(p, config_, clip::vision(params()["clip"], config_.clip, pixels.to(device_), request));
    features.share = pictureShare(p, config_, features);
    features.pyramid.clear();  // the joint space and the laterals were all that is made of it
    return features;
}

// A phrase has few of the tokens: on the processor they stay in the file.
clip::Embed Model::embeddings() const {
    if (!device_.is_cpu()) {
        return {};
    }
    return [this](const at::Tensor& ids) {  // [N, T]
        const at::Tensor flat = ids.contiguous();
        const std::span<const std::int64_t> all(flat.data_ptr<std::int64_t>(), std::size_t(flat.numel()));
        return weights_->rows(kTokenEmbedding, all).view({ids.size(0), ids.size(1), -1});
    };
}

at::Tensor Model::textCondition(const text::Tokens& tokens) const {
    const c10::InferenceMode inference;
    const nn::OwnCores cores(device_);
    return clip::text(params()["clip"], config_.clip.text, tokens.ids, device_, embeddings());
}

at::Tensor Model::textConditions(std::span<const text::Tokens> phrases) const {
    const c10::InferenceMode inference;
    const nn::OwnCores cores(device_);
    std::vector<std::vector<std::int64_t>> ids;
    std::transform(phrases.begin(), phrases.end(), std::back_inserter(ids), [](const auto& one) { return one.ids; });
    return clip::texts(params()["clip"], config_.clip.text, ids, device_, embeddings());
}

double Model::meansName(const at::Tensor& condition) const {
    const c10::InferenceMode inference;
    if (config_.eyes.isAMlp == 0) {
        return 0;
    }
    return at::sigmoid(isA(params()["decoder"]["is_a"], asked(config_, condition))).max().item<double>();
}

at::Tensor Model::imageCondition(const at::Tensor& pixels, std::stop_token stop, vision::TokenMask tokenMask) const {
    const c10::InferenceMode inference;
    if (marksByNames(config_)) {
        std::vector<at::Tensor> rows;
        for (const at::Tensor& one : pixels.split(1)) {
            rows.push_back(markedCondition(one, at::ones({one.size(2), one.size(3)}), stop));
        }
        return at::cat(rows);
    }
    vision::Request request;
    request.pooled = true;
    request.tokenMask = std::move(tokenMask);
    request.stop = std::move(stop);
    weights_->read([](const std::string&, const nn::Parameter& parameter) {
        return parameter.part == nn::Part::visionTower || parameter.part == nn::Part::visualProjection;
    });
    return clip::vision(params()["clip"], config_.clip, pixels.to(device_), request).pooled.to(at::kFloat);
}

at::Tensor Model::markedCondition(const at::Tensor& pixels, const at::Tensor& region, std::stop_token stop) const {
    const c10::InferenceMode inference;
    const Features features = encode(pixels, std::move(stop));
    return markedConditions(params()["decoder"], config_, features, region.to(device_).unsqueeze(0),
                            at::zeros({1}, at::TensorOptions().dtype(at::kLong).device(device_)));
}

at::Tensor Model::decode(const Features& features, const at::Tensor& conditions) const {
    const c10::InferenceMode inference;
    const nn::OwnCores cores(device_);
    const at::Tensor wanted = conditions.to(device_);
    const std::int64_t n = wanted.size(0), threads = nn::threads();
    const auto piece = [&](std::int64_t from, std::int64_t to) {
        const at::Tensor pictureOf = at::zeros({to - from}, at::TensorOptions().dtype(at::kLong).device(device_));
        return clipseg::decode(params()["decoder"], config_, features, wanted.slice(0, from, to), pictureOf)
            .to(at::kCPU, at::kFloat);
    };
    if (!device_.is_cpu() || n < 2 || n < threads) {
        return piece(0, n);
    }
    // Conditions have nothing to wait for in each other: a thread takes its own through the whole decoder, which spares
    // the threads a meeting at every operator. As many pieces for each, and as large.
    const std::int64_t atOnce = threads * conditionsTogether(features.gridHeight * features.gridWidth);
    const std::int64_t count = std::min(n, threads * ((n + atOnce - 1) / atOnce));
    std::vector<at::Tensor> pieces(static_cast<std::size_t>(count));
    const nn::OneBlasThread alone;
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
        const c10::InferenceMode own;
        for (std::int64_t i = begin; i < end; ++i) {
            pieces[static_cast<std::size_t>(i)] = piece(i * n / count, (i + 1) * n / count);
        }
    });
    return at::cat(pieces);
}

}  // namespace maskwright::clipseg
