// TinyViT (Wu et al. 2022) as MobileSAM's picture encoder (Zhang et al. 2023): a stage of inverted bottlenecks, then
// three of attention within windows, each followed by a depthwise convolution; the last stage keeps its resolution. No
// Trunk: nothing is asked of it but its last map. Batch norm is folded when weights are imported.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/nn/parameter.h"
#include "core/nn/params.h"
#include "core/vision/halfway.h"

namespace maskwright::vision {

// Defaults: MobileSAM's tiny_vit_5m (ChaoningZhang/MobileSAM mobile_sam/build_sam.py, build_sam_vit_t).
struct TinyVit {
    // A stage each, four in all; heads and windows of the first are not used.
    std::vector<std::int64_t> widths = {64, 128, 160, 320}, depths = {2, 2, 6, 2}, heads = {2, 4, 5, 10},
                              windows = {7, 7, 14, 7};
    std::int64_t imageSize = 1024;
    std::int64_t expansion = 4;  // of bottlenecks and of the layers between attentions
    double eps = 1e-5;           // LayerNorm's own (tiny_vit_sam.py gives none)

    static constexpr const char* kName = "tiny_vit";
    static constexpr std::int64_t kStages = 4;
    static constexpr std::int64_t kStride = 16;  // pixels between positions of its map

    // Reads a vision_config of model_type kName; `where` names it in messages. Errors: ErrorKind::weights.
    static Result<TinyVit> read(JsonReader& json, const std::string& where);
    [[nodiscard]] Json toJson() const;

    [[nodiscard]] std::int64_t grid() const { return imageSize / kStride; }
    [[nodiscard]] std::int64_t channels() const { return widths.back(); }
    // Names as in MobileSAM's image_encoder, "c" and "bn" of a convolution being one.
    void declare(const nn::Declaration& d) const;
    // pixels: [B, 3, imageSize, imageSize], normalised -> [B, grid, grid, C]. Throws Stopped between stages' blocks,
    // after at least one; given the same pixels and `halfway` again it goes on there.
    [[nodiscard]] at::Tensor forward(const nn::Params& p, const at::Tensor& pixels, const std::stop_token& stop,
                                     Halfway* halfway = nullptr) const;
};

}  // namespace maskwright::vision
