#include "core/train/vision.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <optional>

#include "core/nn/layers.h"
#include "core/train/depthwise.h"

namespace maskwright::train {
namespace {

at::Tensor pointwise(const nn::Params& p, const at::Tensor& x, bool clamp, bool bfloat16) {
    const at::Tensor& weight = p.tensor("weight");
    return linearRelu6(x, weight.view({weight.size(0), weight.size(1)}), p.tensor("bias"), clamp, bfloat16);
}

// x: [B, H, W, C]
at::Tensor bottleneck(const nn::Params& p, const clip::Block& block, const at::Tensor& x, bool bfloat16) {
    at::Tensor y = block.expand != 1 ? pointwise(p["expand"], x, true, bfloat16) : x;
    y = depthwiseRelu6(y, p["depthwise"].tensor("weight"), p["depthwise"].tensor("bias"), block.stride, block.dilation);
    y = pointwise(p["project"], y, false, bfloat16);
    return block.stride == 1 && block.in == block.out ? x + y : y;
}

}  // namespace

clip::VisionOutput visionForTraining(const nn::Params& clip, const clip::VisionConfig& config, const at::Tensor& pixels,
                                     const clip::VisionRequest& request, std::int64_t firstTrained, bool bfloat16) {
    if (config.isVit() || !pixels.is_cpu()) {
        return clip::vision(clip, config, pixels, request);
    }
    const nn::Params p = clip["vision_model"];
    const std::vector<clip::Block> blocks = config.blocks();
    clip::VisionOutput out;
    out.taps.resize(request.taps.size());
    out.pyramid.resize(request.pyramid.size());
    std::optional<at::NoGradGuard> frozen;
    frozen.emplace();
    at::Tensor x = nn::conv2dSame(p["stem"], pixels, 2, 1, 1).clamp_(0, 6);
    x = x.permute({0, 2, 3, 1}).contiguous();  // [B, H, W, C]
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (static_cast<std::int64_t>(i) >= firstTrained) {
            frozen.reset();
        }
        x = bottleneck(p["blocks"][static_cast<std::int64_t>(i)], blocks[i], x, bfloat16);
        for (std::size_t k = 0; k < request.taps.size(); ++k) {
            if (request.taps[k] == static_cast<std::int64_t>(i)) {
                out.taps[k] = x.flatten(1, 2);
            }
        }
        for (std::size_t k = 0; k < request.pyramid.size(); ++k) {
            if (request.pyramid[k] == static_cast<std::int64_t>(i)) {
                out.pyramid[k] = x.permute({0, 3, 1, 2});
            }
        }
    }
    if (firstTrained <= static_cast<std::int64_t>(blocks.size())) {
        frozen.reset();
    }
    out.gridHeight = x.size(1);
    out.gridWidth = x.size(2);
    if (request.pooled || request.dense) {
        const at::Tensor features = pointwise(p["head"], x, true, bfloat16).flatten(1, 2);  // [B, H * W, 1280]
        out.dense = nn::linear(clip["visual_projection"], features);
        if (request.pooled) {
            out.pooled = clip::pooledEmbedding(clip, config, out.dense.mean(1));
        }
    }
    return out;
}

nn::TensorMap importEfficientNet(const nn::TensorMap& published, const clip::VisionConfig& config) {
    const nn::Params all(published);
    nn::TensorMap result;
    const auto fold = [&](const std::string& conv, const std::string& norm, const std::string& to) {
        const at::Tensor scale = all.tensor(norm + ".weight") / (all.tensor(norm + ".running_var") + 1e-3).sqrt();
        result["vision_model." + to + ".weight"] = all.tensor(conv + ".weight") * scale.view({-1, 1, 1, 1});
        result["vision_model." + to + ".bias"] =
            all.tensor(norm + ".bias") - all.tensor(norm + ".running_mean") * scale;
    };
    fold("_conv_stem", "_bn0", "stem");
    const std::vector<clip::Block> blocks = config.blocks();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const std::string from = "_blocks." + std::to_string(i) + ".", to = "blocks." + std::to_string(i) + ".";
        if (blocks[i].expand != 1) {
            fold(from + "_expand_conv", from + "_bn0", to + "expand");
        }
        fold(from + "_depthwise_conv", from + "_bn1", to + "depthwise");
        fold(from + "_project_conv", from + "_bn2", to + "project");
    }
    fold("_conv_head", "_bn1", "head");
    result["fc.weight"] = all.tensor("_fc.weight");
    result["fc.bias"] = all.tensor("_fc.bias");
    return result;
}

}  // namespace maskwright::train
