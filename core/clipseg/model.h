// A loaded model folder: encode a picture once, decode as many conditions as wanted. Throws; session translates.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/clip/towers.h"
#include "core/clipseg/decoder.h"
#include "core/clipseg/model_weights.h"
#include "core/text/known_words.h"
#include "core/text/tokenizer.h"

namespace maskwright::clipseg {

// Carries a maskwright Error through tensor code.
struct ModelError : std::runtime_error {
    explicit ModelError(Error e) : std::runtime_error(e.line()), error(std::move(e)) {}
    Error error;
};

// The configuration of a model folder, without its weights. Throws ModelError (ErrorKind::weights).
Config readModelConfig(const std::string& folder);

// The list of a model folder's words, where it is.
inline constexpr const char* kWordsFile = "words.txt";

class Model {
  public:
    // Checks every tensor's name and shape before reading any. Throws ModelError (ErrorKind::weights, or resource for
    // the device).
    static std::unique_ptr<Model> load(const std::string& folder, at::Device device, at::ScalarType dtype);

    [[nodiscard]] const Config& config() const { return config_; }
    [[nodiscard]] const text::Tokenizer& tokenizer() const { return *tokenizer_; }
    // The words it has learned; null where the folder does not say (Config::knownWords).
    [[nodiscard]] const text::KnownWords* words() const { return words_ ? &*words_ : nullptr; }
    [[nodiscard]] at::Device device() const { return device_; }
    [[nodiscard]] at::ScalarType dtype() const { return dtype_; }
    [[nodiscard]] std::int64_t parameterCount() const { return weights_->parameterCount(); }
    // Those that are in memory: on the CPU without the token embeddings, and without what only imageCondition() needs
    // until it is first called.
    [[nodiscard]] nn::Params params() const { return weights_->params(); }

    // pixels: [B, 3, H, W] float32 on any device.
    [[nodiscard]] Features encode(const at::Tensor& pixels, std::stop_token stop = {}) const;
    // One phrase -> [1, P] float32 on the model's device.
    [[nodiscard]] at::Tensor textCondition(const text::Tokens& tokens) const;
    // Several phrases -> [N, P], by one launch of every product.
    [[nodiscard]] at::Tensor textConditions(std::span<const text::Tokens> phrases) const;
    // How surely a condition [1, P] means one of the trunk's own names, 0..1; 0 without an is-a head.
    [[nodiscard]] double meansName(const at::Tensor& condition) const;
    // pixels of an (engineered) picture at its own size -> [B, P].
    [[nodiscard]] at::Tensor imageCondition(const at::Tensor& pixels, std::stop_token stop = {},
                                            vision::TokenMask tokenMask = {}) const;
    // What is marked in a picture, for models that ask by names (clipseg/marked.h): pixels [1, 3, H, W], region [H, W]
    // in 0..1 -> [1, P]. imageCondition() of such a model marks the whole picture.
    [[nodiscard]] at::Tensor markedCondition(const at::Tensor& pixels, const at::Tensor& region,
                                             std::stop_token stop = {}) const;
    // conditions: [N, P] for the one encoded picture -> logits [N, h, w] float32 on the CPU, at the head's resolution.
    [[nodiscard]] at::Tensor decode(const Features& features, const at::Tensor& conditions) const;

  private:
    Model() = default;
    [[nodiscard]] clip::Embed embeddings() const;
    Config config_;
    std::unique_ptr<ModelWeights> weights_;
    std::unique_ptr<text::Tokenizer> tokenizer_;
    std::optional<text::KnownWords> words_;
    at::Device device_{at::kCPU};
    at::ScalarType dtype_ = at::kFloat;
};

}  // namespace maskwright::clipseg
