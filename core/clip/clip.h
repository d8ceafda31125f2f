// A whole CLIP: both towers, their joint space and the tokenizer, from a model folder. Throws; session translates.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "core/clip/config.h"
#include "core/nn/loaded.h"
#include "core/text/tokenizer.h"

namespace maskwright::clip {

class Clip {
  public:
    // A folder in the layout of transformers' CLIPModel (config.json, model.safetensors), of CLIPSeg (whose decoder is
    // left alone), or of open_clip (open_clip.h), looked for in this order. Every tensor's name and shape is checked
    // before any is read. Errors: ErrorKind::weights. Throws where LibTorch does (memory, the device).
    static Result<std::unique_ptr<Clip>> load(const std::string& folder, at::Device device, at::ScalarType dtype);

    [[nodiscard]] const Config& config() const { return config_; }
    [[nodiscard]] const text::Tokenizer& tokenizer() const { return *tokenizer_; }
    [[nodiscard]] at::Device device() const { return device_; }
    // The scope "clip".
    [[nodiscard]] nn::Params params() const { return loaded_.params()["clip"]; }
    [[nodiscard]] std::int64_t parameterCount() const { return loaded_.parameters; }
    // What cosines are multiplied by: 100 in the published models.
    [[nodiscard]] double logitScale() const { return logitScale_; }

    // One text -> [1, P], projected, not L2-normalised. Float32 on the model's device.
    [[nodiscard]] at::Tensor text(const text::Tokens& tokens) const;
    // pixels: [B, 3, H, W] on any device -> [B, P], as text().
    [[nodiscard]] at::Tensor image(const at::Tensor& pixels, std::stop_token stop = {}) const;
    // Pooled features [N, hiddenSize] to the joint space -> [N, P], as text().
    [[nodiscard]] at::Tensor projected(const at::Tensor& pooled) const;

  private:
    Clip() = default;
    Config config_;
    nn::Loaded loaded_;
    std::unique_ptr<text::Tokenizer> tokenizer_;
    double logitScale_ = 1;
    at::Device device_{at::kCPU};
};

}  // namespace maskwright::clip
