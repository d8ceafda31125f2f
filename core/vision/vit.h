// CLIP's vision transformer. Internal to core/vision but for who builds one.
#pragma once

#include <string>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/nn/parameter.h"
#include "core/nn/params.h"
#include "core/vision/output.h"

namespace maskwright::vision {

// Defaults: Hugging Face's CLIPSegVisionConfig with the conversion's patch 16. What its functions give is said at
// Trunk's.
struct Vit {
    std::int64_t hiddenSize = 768, heads = 12, mlp = 3072, layers = 12, patch = 16, imageSize = 224, channels = 3;
    double eps = 1e-5;
    std::string activation = "quick_gelu";

    static constexpr const char* kName = "clip_vit";
    static constexpr std::int64_t pooledSize = 0;
    static constexpr bool kHidesTokens = true, kHasMaps = false, kChannelsLast = false, kHoldsInHalf = true;
    static bool isCalled(const std::string& modelType);
    static Result<Vit> read(JsonReader& json, const std::string& where);
    [[nodiscard]] Json toJson() const;

    [[nodiscard]] std::int64_t cell() const { return patch; }
    [[nodiscard]] std::int64_t gridStride() const { return patch; }
    [[nodiscard]] std::int64_t blockCount() const { return layers; }
    [[nodiscard]] std::int64_t channelsAfter(std::int64_t) const { return hiddenSize; }
    [[nodiscard]] std::int64_t strideAfter(std::int64_t) const { return patch; }

    void declare(const nn::Declaration& d) const;
    [[nodiscard]] double floatsAlive(std::int64_t width, std::int64_t height, const Request& request) const;
    // What goes into the first block: [B, T, C], T = 1 + H * W, the class token first.
    [[nodiscard]] at::Tensor tokens(const nn::Params& p, const at::Tensor& pixels) const;
    [[nodiscard]] Output forward(const nn::Params& p, const at::Tensor& pixels, const Request& request) const;
};

}  // namespace maskwright::vision
