// The vision transformer of Segment Anything (Kirillov et al. 2023, section 3; Li et al. 2022, ViTDet): most blocks
// attend within windows, a few to the whole picture, and places are told apart by tables of distances. It is no Trunk:
// nothing is asked of it but its last map.
#pragma once

#include <ATen/core/Tensor.h>

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/nn/parameter.h"
#include "core/nn/params.h"
#include "core/vision/halfway.h"

namespace maskwright::vision {

// Defaults: transformers' SamVisionConfig, which is SAM's ViT-B.
struct SamVit {
    std::int64_t hiddenSize = 768, heads = 12, mlp = 3072, layers = 12, patch = 16, imageSize = 1024;
    std::int64_t window = 14;                          // tokens a side
    std::vector<std::int64_t> global = {2, 5, 8, 11};  // blocks that see the whole picture
    double eps = 1e-6;
    std::string activation = "gelu";
    bool queryBias = true, places = true, distances = true;  // qkv_bias, use_abs_pos, use_rel_pos

    // Reads a vision_config; `where` names it in messages. Errors: ErrorKind::weights, naming the member.
    static Result<SamVit> read(JsonReader& json, const std::string& where);

    // Positions a side of its map, and the map's channels.
    [[nodiscard]] std::int64_t grid() const { return imageSize / patch; }
    [[nodiscard]] std::int64_t channels() const { return hiddenSize; }
    // Names as in transformers' SamVisionEncoder, without its neck.
    void declare(const nn::Declaration& d) const;
    // pixels: [B, 3, imageSize, imageSize], normalised -> [B, grid, grid, C]. Throws Stopped between blocks,
    // after at least one; given the same pixels and `halfway` again it goes on there.
    [[nodiscard]] at::Tensor forward(const nn::Params& p, const at::Tensor& pixels, const std::stop_token& stop,
                                     Halfway* halfway = nullptr) const;

  private:
    [[nodiscard]] bool isGlobal(std::int64_t block) const;
};

}  // namespace maskwright::vision
