// CLIP's modified ResNet: a stem of three convolutions, strides that average before they skip, and attention in place
// of the last mean (Radford et al. 2021, section 2.4; openai/CLIP clip/model.py, ModifiedResNet). Internal to
// core/vision but for who builds or imports one.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/nn/parameter.h"
#include "core/nn/params.h"
#include "core/vision/output.h"

namespace maskwright::vision {

// Batch norm is folded into the convolutions. The last matrix of the attention pool is the model's visual projection.
// Defaults: RN50. What its functions give is said at Trunk's.
struct ModifiedResNet {
    std::int64_t width = 64, heads = 32, imageSize = 224;
    std::vector<std::int64_t> layers = {3, 4, 6, 3};  // bottlenecks of each of the four stages
    std::int64_t hiddenSize = 2048;                   // 32 * width
    double eps = 1e-5;                                // it has no layer norm; a decoder behind it does

    static constexpr const char* kName = "clip_modified_resnet";
    static constexpr std::int64_t pooledSize = 0, kStride = 32, kStages = 4, kExpansion = 4;
    static constexpr bool kHidesTokens = false, kHasMaps = true, kChannelsLast = true, kProjectsWithBias = true,
                          kHoldsInHalf = true;
    static bool isCalled(const std::string& modelType) { return modelType == kName; }
    static Result<ModifiedResNet> read(JsonReader& json, const std::string& where);
    [[nodiscard]] Json toJson() const;

    [[nodiscard]] std::int64_t cell() const { return kStride; }
    [[nodiscard]] std::int64_t gridStride() const { return kStride; }
    [[nodiscard]] std::int64_t blockCount() const;
    [[nodiscard]] std::int64_t stageOf(std::int64_t block) const;
    [[nodiscard]] std::int64_t channelsAfter(std::int64_t block) const;
    [[nodiscard]] std::int64_t strideAfter(std::int64_t block) const;

    void declare(const nn::Declaration& d) const;
    [[nodiscard]] double floatsAlive(std::int64_t width, std::int64_t height, const Request& request) const;
    [[nodiscard]] Output forward(const nn::Params& p, const at::Tensor& pixels, const Request& request) const;

    // The attention pool: the mean of the positions looks at them all. map: [B, hiddenSize, h, w] -> [B, hiddenSize],
    // before the projection. The position table is drawn to other grids as Zero-shot-RIS does it
    // (third_party/modified_CLIP/clip/model.py, AttentionPool2d): all its rows, the mean's among them, bilinearly with
    // corners aligned, as if they were a line.
    [[nodiscard]] at::Tensor attentionPool(const nn::Params& p, const at::Tensor& map) const;
};

}  // namespace maskwright::vision
