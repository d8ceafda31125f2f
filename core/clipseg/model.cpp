#include "core/clipseg/model.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <bit>
#include <iterator>
#include <set>

#include "core/clip/preprocessing.h"
#include "core/clipseg/marked.h"
#include "core/clipseg/memory.h"
#include "core/clipseg/spoken.h"
#include "core/nn/device.h"
#include "core/nn/packed.h"
#include "core/weights/model_folder.h"

namespace maskwright::clipseg {

namespace {

template <class T>
T valueOrThrow(Result<T> result) {
    if (!result) {
        throw ModelError(result.error());
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

// Whether no number of a float32 tensor is infinite or NaN. Exponents of ones say so; no branch, so that it costs
// little beside reading the file.
bool isFinite(const at::Tensor& tensor) {
    const float* values = tensor.data_ptr<float>();
    bool finite = true;
    for (std::int64_t i = 0; i < tensor.numel(); ++i) {
        finite &= (std::bit_cast<std::uint32_t>(values[i]) & 0x7f800000u) != 0x7f800000u;
    }
    return finite;
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

std::unique_ptr<text::Tokenizer> loadTokenizer(const std::string& folder, const Config& config) {
    const weights::ModelFiles files = valueOrThrow(weights::locateModel(folder));
    auto tokenizer = valueOrThrow(config.clip.text.tokenizer == "sentencepiece"
                                      ? text::loadSentencePiece((files.folder / "tokenizer.model").string(),
                                                                config.clip.text.bos, config.clip.text.eos)
                                      : text::loadClipBpe(folder));
    // Fewer than embeddings are right for CLIP's, whose embeddings may be padded; of SentencePiece pieces a file that
    // was cut off has fewer.
    const bool cut =
        config.clip.text.tokenizer == "sentencepiece" && tokenizer->vocabularySize() < config.clip.text.vocabulary;
    if (cut || tokenizer->vocabularySize() > config.clip.text.vocabulary) {
        throw ModelError(Error{ErrorKind::weights,
                               message("%1 has a tokenizer of %2 pieces for %3 embeddings", folder,
                                       tokenizer->vocabularySize(), config.clip.text.vocabulary),
                               "take the tokenizer files that belong to these weights"});
    }
    return tokenizer;
}

std::unique_ptr<Model> Model::load(const std::string& folder, at::Device device, at::ScalarType dtype) {
    std::unique_ptr<Model> model(new Model);
    model->device_ = device;
    model->dtype_ = dtype;
    model->config_ = readModelConfig(folder);
    const Config& config = model->config_;
    const weights::SafetensorsFile file =
        valueOrThrow(weights::openWeights(valueOrThrow(weights::locateModel(folder))));
    const nn::Parameters declared = parameters(config);
    // A trunk that detects lies in a file of its own, which is easily left behind.
    const auto ofTrunk = [](const auto& item) { return item.first.starts_with("clip.vision_model."); };
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
    model->tokenizer_ = loadTokenizer(folder, config);
    if (config.knownWords) {
        const weights::ModelFiles files = valueOrThrow(weights::locateModel(folder));
        model->words_ = valueOrThrow(text::KnownWords::load((files.folder / kWordsFile).string()));
    }
    const c10::InferenceMode inference;
    nn::TensorReader reader(file);
    const auto readInto = [&](const std::string& name, const at::Tensor& into) {
        const auto found = file.tensors().find(name);
        if (found == file.tensors().end()) {
            return false;
        }
        reader.readInto(found->second, into);
        if (!isFinite(into)) {
            const weights::ModelFiles files = valueOrThrow(weights::locateModel(folder));
            const bool ofTrunks = !files.trunk.empty() && ofTrunk(*found);
            throw ModelError(Error{ErrorKind::weights,
                                   message("%1: tensor %2 holds numbers that are not finite",
                                           ofTrunks ? files.trunk : file.name(), quoted(name)),
                                   "the weights are damaged; get the file again"});
        }
        return true;
    };
    // A layer is packed as it is read: no second copy of the weights at any moment.
    nn::Packer packer(declared, readInto);
    std::set<std::string> taken;
    for (const nn::PackedLayer& layer : nn::packable(declared, device)) {
        const at::ScalarType type = nn::takesModelType(layer.weight) ? dtype : at::kFloat;
        model->packed_.emplace(layer.name, packer.pack(layer, type));
        for (const std::string& one : layer.layers) {
            taken.insert({one + ".weight", one + ".bias"});
        }
    }
    for (const auto& [name, parameter] : declared) {
        if (taken.contains(name) || !file.tensors().contains(name)) {
            continue;
        }
        at::Tensor tensor = at::empty(parameter.shape, at::kFloat);
        readInto(name, tensor);
        tensor = nn::takesModelType(parameter) ? nn::inModelType(tensor, dtype, device) : tensor.to(device);
        // Maps take on the layout of the kernels they meet.
        if (config.clip.vision.channelsLast() && parameter.role == nn::Role::convolution) {
            tensor = tensor.contiguous(at::MemoryFormat::ChannelsLast);
        }
        model->tensors_.emplace(name, std::move(tensor));
    }
    for (const auto& [name, parameter] : declared) {
        std::int64_t count = 1;
        for (const std::int64_t side : parameter.shape) {
            count *= side;
        }
        model->parameterCount_ += count;
    }
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

at::Tensor Model::textCondition(const text::Tokens& tokens) const {
    const c10::InferenceMode inference;
    return clip::text(params()["clip"], config_.clip.text, tokens.ids, device_);
}

at::Tensor Model::textConditions(std::span<const text::Tokens> phrases) const {
    const c10::InferenceMode inference;
    std::vector<std::vector<std::int64_t>> ids;
    std::transform(phrases.begin(), phrases.end(), std::back_inserter(ids), [](const auto& one) { return one.ids; });
    return clip::texts(params()["clip"], config_.clip.text, ids, device_);
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
    // the threads a meeting at every operator.
    const std::int64_t some =
        std::min(conditionsTogether(features.gridHeight * features.gridWidth), (n + threads - 1) / threads);
    std::vector<at::Tensor> pieces(static_cast<std::size_t>((n + some - 1) / some));
    const nn::OneBlasThread alone;
    at::parallel_for(0, static_cast<std::int64_t>(pieces.size()), 1, [&](std::int64_t begin, std::int64_t end) {
        const c10::InferenceMode own;
        for (std::int64_t i = begin; i < end; ++i) {
            pieces[static_cast<std::size_t>(i)] = piece(i * some, std::min((i + 1) * some, n));
        }
    });
    return at::cat(pieces);
}

}  // namespace maskwright::clipseg
