// Two frozen networks as one trunk: YOLOv7-seg, which has seen COCO's 118,000 photographs and says where its 80 names
// are (Wang, Bochkovskiy, Liao 2022, arXiv 2207.02696), and EfficientNet-Lite with its classifier. Internal to
// core/vision but for who builds or imports one.
#pragma once

#include <string>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/nn/parameter.h"
#include "core/nn/params.h"
#include "core/vision/efficientnet.h"
#include "core/vision/output.h"

namespace maskwright::vision {

// Pixels come as RGB from 0 to 1 (mean 0, deviation 1), both sides multiples of 32. What its functions give is said at
// Trunk's; besides:
// - blocks are the detector's layers 0 .. 104, its prototypes and the classifier's features; a tap or a map may be any
//   of them whatever its stride, and Output's grid is the one of stride 16;
// - a pooled or dense feature is the classifier's;
// - nothing is ever recorded for a backward pass.
struct DetectorTrunk {
    static constexpr std::int64_t kPrototypes = 105;  // [B, 32, H / 4, W / 4]
    static constexpr std::int64_t kFeatures = 106;    // [B, classifier.hiddenSize, H / 16, W / 16]

    std::int64_t names = 80, classes = 1000;  // of the detector, of the classifier
    EfficientNet classifier;
    std::int64_t hiddenSize = 1280;  // the classifier's
    double eps = 1e-5;               // it has no layer norm; its decoder does

    static constexpr const char* kName = "yolov7_seg_efficientnet";
    static constexpr std::int64_t pooledSize = 0;
    static constexpr bool kHidesTokens = false, kHasMaps = true, kChannelsLast = true, kHoldsInHalf = true;
    static bool isCalled(const std::string& modelType) { return modelType == kName; }
    static Result<DetectorTrunk> read(JsonReader& json, const std::string& where);
    [[nodiscard]] Json toJson() const;

    [[nodiscard]] std::int64_t cell() const { return 32; }
    [[nodiscard]] std::int64_t gridStride() const { return classifier.outputStride; }
    [[nodiscard]] std::int64_t blockCount() const { return kFeatures + 1; }
    [[nodiscard]] std::int64_t channelsAfter(std::int64_t block) const;
    [[nodiscard]] std::int64_t strideAfter(std::int64_t block) const;

    // "detector" (core/vision/yolov7_seg.h) and "classifier" with "fc".
    void declare(const nn::Declaration& d) const;
    [[nodiscard]] double floatsAlive(std::int64_t width, std::int64_t height, const Request& request) const;
    [[nodiscard]] Output forward(const nn::Params& p, const at::Tensor& pixels, const Request& request) const;
};

}  // namespace maskwright::vision
