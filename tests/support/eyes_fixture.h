// A small model on a trunk that detects: its configuration, and pictures as such a trunk would answer them.
#pragma once

#include "core/clipseg/decoder.h"
#include "core/vision/detector_trunk.h"
#include "tests/support/tensors.h"

namespace maskwright::test {

// Three names and four classes; the detector's layers are as wide as they are.
inline Json eyesJson() {
    return Json::parse(R"({
        "model_type": "clipseg", "projection_dim": 20, "reduce_dim": 8, "decoder_num_attention_heads": 2,
        "decoder_intermediate_size": 16, "extract_layers": [37, 88], "condition_length": 4,
        "joint_layers": [37, 51, 75, 88, 101, 106], "joint_fine_layers": [24, 75], "joint_fine_channels": 6,
        "is_a_mlp": 12, "names": 5, "spoken_maps": true, "presence_head": true,
        "pyramid_layers": [24, 75, 105], "pyramid_channels": [6, 4], "input_size": 64, "keep_aspect": true,
        "maskwright_name": "eyes",
        "vision_config": {"model_type": "yolov7_seg_efficientnet", "detector_names": 3, "classes": 4,
                          "classifier": {"hidden_size": 24, "stem_channels": 4, "stages": [1, 3, 2, 8, 1, 1, 3, 2, 8, 1,
                                                                                          1, 3, 2, 8, 1]}},
        "text_config": {"hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 24, "num_hidden_layers": 2,
                        "vocab_size": 814, "max_position_embeddings": 12, "bos_token_id": 812, "eos_token_id": 813}})");
}

inline clipseg::Config eyesConfig() { return valueOf(clipseg::readConfig(eyesJson(), "config.json")); }

// What the trunk might answer for `count` pictures of width x height pixels.
inline vision::Output trunkAnswer(const clipseg::Config& config, std::int64_t count, std::int64_t height,
                                  std::int64_t width) {
    const vision::Trunk& trunk = config.clip.vision;
    const vision::Request request = visionRequest(config);
    const auto map = [&](std::int64_t block) {
        const std::int64_t stride = trunk.strideAfter(block);
        return at::randn({count, trunk.channelsAfter(block), height / stride, width / stride}) * 0.5;
    };
    vision::Output out;
    out.gridHeight = height / trunk.gridStride();
    out.gridWidth = width / trunk.gridStride();
    for (const std::int64_t block : request.taps) {
        out.taps.push_back(map(block).flatten(2).transpose(1, 2));
    }
    for (const std::int64_t block : request.pyramid) {
        out.pyramid.push_back(map(block));
    }
    out.spoken.evidence = (at::randn({count, trunk.names(), height / 4, width / 4}) * 0.5).clamp(0, 1);
    out.spoken.classes = at::softmax(2 * at::randn({count, trunk.classes(), out.gridHeight, out.gridWidth}), 1);
    out.spoken.whole = at::softmax(2 * at::randn({count, trunk.classes()}), 1);
    return out;
}

}  // namespace maskwright::test
