// EfficientNet-Lite. Internal to core/vision but for who builds or imports one.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/nn/parameter.h"
#include "core/nn/params.h"
#include "core/vision/output.h"

namespace maskwright::vision {

// One stage: `repeats` inverted bottlenecks, the first with `stride`.
struct Stage {
    std::int64_t expand, kernel, stride, channels, repeats;
};
// One inverted bottleneck, as it runs at the wanted output stride.
struct Block {
    std::int64_t expand, kernel, stride, dilation, in, out;
    std::int64_t pixels;  // a position of its result is so many pixels from the next
    [[nodiscard]] std::int64_t wide() const { return in * expand; }
};

// Stem 3x3/2, stages, head 1x1 to hiddenSize; batch norm is folded into the convolutions. Defaults: EfficientNet-Lite2
// (tensorflow/tpu, models/official/efficientnet/lite/efficientnet_lite_builder.py) without the classifier's stride.
// What its functions give is said at Trunk's.
struct EfficientNet {
    std::int64_t hiddenSize = 1280, imageSize = 352, stemChannels = 32, outputStride = 16;
    // "pooled_size": a picture that is only pooled (a support picture) is looked at no larger than this; pixels, 0: as
    // it is. The mean over a larger picture is of parts, no longer of the object.
    std::int64_t pooledSize = 0;
    std::vector<Stage> stages = {{1, 3, 1, 16, 1},  {6, 3, 2, 24, 3},  {6, 5, 2, 48, 3}, {6, 3, 2, 88, 4},
                                 {6, 5, 1, 120, 4}, {6, 5, 2, 208, 5}, {6, 3, 1, 352, 1}};
    double eps = 1e-5;  // it has no layer norm; its decoder does

    static constexpr const char* kName = "efficientnet_lite";
    static constexpr bool kHidesTokens = false, kHasMaps = true, kChannelsLast = true, kHoldsInHalf = false;
    static bool isCalled(const std::string& modelType) { return modelType == kName; }
    static Result<EfficientNet> read(JsonReader& json, const std::string& where);
    [[nodiscard]] Json toJson() const;

    // Where the stride would pass outputStride it becomes 1 and later depthwise kernels dilate.
    [[nodiscard]] std::vector<Block> blocks() const;

    [[nodiscard]] std::int64_t cell() const { return outputStride; }
    [[nodiscard]] std::int64_t gridStride() const { return outputStride; }
    [[nodiscard]] std::int64_t blockCount() const;
    [[nodiscard]] std::int64_t channelsAfter(std::int64_t block) const;
    [[nodiscard]] std::int64_t strideAfter(std::int64_t block) const;

    void declare(const nn::Declaration& d) const;
    [[nodiscard]] double floatsAlive(std::int64_t width, std::int64_t height, const Request& request) const;
    [[nodiscard]] Output forward(const nn::Params& p, const at::Tensor& pixels, const Request& request) const;
};

}  // namespace maskwright::vision
