#include "core/clip/clip.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <cmath>
#include <filesystem>

#include "core/clip/open_clip.h"
#include "core/clip/tokenizer_files.h"
#include "core/clip/towers.h"
#include "core/nn/layers.h"
#include "core/weights/clip_files.h"
#include "core/weights/openai_clip.h"

namespace maskwright::clip {

namespace {

namespace fs = std::filesystem;

struct Source {
    Config config;
    nn::TensorMap tensors;  // under "clip."
};

bool isFile(const fs::path& path) {
    std::error_code code;
    return fs::is_regular_file(path, code);
}

bool isOpenClip(const fs::path& folder) {
    const bool transformers = isFile(folder / "config.json") &&
                              (isFile(folder / "model.safetensors") || isFile(folder / "model.safetensors.index.json"));
    return !transformers && isFile(folder / kOpenClipConfig);
}

Result<Source> readOpenClip(const fs::path& folder) {
    const std::string where = (folder / kOpenClipConfig).string(), weightsFile = (folder / kOpenClipWeights).string();
    const auto json = readJsonFile(where, ErrorKind::weights);
    if (!json) {
        return json.error();
    }
    auto config = readOpenClipConfig(*json, where);
    if (!config) {
        return config.error();
    }
    if (!isFile(weightsFile)) {
        return Error{ErrorKind::weights, message("%1 holds no %2", folder.string(), verbatim(kOpenClipWeights)),
                     message("get that file and put it beside %1", kOpenClipConfig)};
    }
    const auto file = weights::SafetensorsFile::open(weightsFile);
    if (!file) {
        return file.error();
    }
    const weights::ExpectedTensors expected = openClipShapes(*config);
    MASKWRIGHT_TRY(weights::checkTensors(*file, expected, weights::isOpenAiNote));
    const nn::TensorMap tensors =
        nn::readTensors(*file, [&](const std::string& name) { return expected.contains(name); });
    nn::TensorMap renamed = fromOpenClip(tensors, *config);
    return Source{std::move(*config), std::move(renamed)};
}

Result<Source> readTransformers(const fs::path& folder) {
    const auto from = weights::ClipFiles::open(folder);
    if (!from) {
        return from.error();
    }
    auto config = readConfig(from->config, from->files.config);
    if (!config) {
        return config.error();
    }
    constexpr std::string_view kOurs = "clip.";
    weights::ExpectedTensors expected;
    for (const auto& [name, parameter] : parameters(*config)) {
        expected[name.substr(kOurs.size())] = parameter.shape;
    }
    MASKWRIGHT_TRY(from->check(expected));
    const auto ownName = [&](const std::string& inFile) { return inFile.substr(from->prefix.size()); };
    Source source{std::move(*config), {}};
    for (auto& [name, tensor] : nn::readTensors(from->weights, [&](const std::string& inFile) {
             return inFile.starts_with(from->prefix) && expected.contains(ownName(inFile));
         })) {
        source.tensors[std::string(kOurs) + ownName(name)] = std::move(tensor);
    }
    return source;
}

}  // namespace

Result<std::unique_ptr<Clip>> Clip::load(const std::string& folder, at::Device device, at::ScalarType dtype) {
    const c10::InferenceMode inference;
    auto source = isOpenClip(folder) ? readOpenClip(folder) : readTransformers(folder);
    if (!source) {
        return source.error();
    }
    std::unique_ptr<Clip> clip(new Clip);
    clip->config_ = std::move(source->config);
    clip->device_ = device;
    auto tokenizer = loadTokenizer(folder, clip->config_.text);
    if (!tokenizer) {
        return tokenizer.error();
    }
    clip->tokenizer_ = std::move(*tokenizer);
    const nn::Parameters declared = parameters(clip->config_);
    for (const auto& [name, tensor] : source->tensors) {
        if (!nn::isFinite(tensor)) {
            return nn::notFinite(folder, name);
        }
    }
    clip->loaded_ =
        nn::loaded(std::move(source->tensors), declared, {device, dtype, clip->config_.vision.channelsLast()});
    clip->logitScale_ = std::exp(clip->params().tensor("logit_scale").item<double>());
    return clip;
}

at::Tensor Clip::text(const text::Tokens& tokens) const {
    const c10::InferenceMode inference;
    return clip::text(params(), config_.text, tokens.ids, device_);
}

at::Tensor Clip::image(const at::Tensor& pixels, std::stop_token stop) const {
    const c10::InferenceMode inference;
    vision::Request request;
    request.pooled = true;
    request.stop = std::move(stop);
    return vision(params(), config_, pixels.to(device_), request).pooled.to(at::kFloat);
}

at::Tensor Clip::projected(const at::Tensor& pooled) const {
    const c10::InferenceMode inference;
    return nn::linear(params()["visual_projection"], pooled).to(at::kFloat);
}

}  // namespace maskwright::clip
