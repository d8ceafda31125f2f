#include <ATen/ATen.h>

#include <algorithm>

#include "core/clip/vision_towers.h"
#include "core/nn/layers.h"

namespace maskwright::clip {

namespace {

at::Tensor clipAtSix(const at::Tensor& x) { return at::clamp(x, 0, 6); }

// x: [B, in, H, W] -> [B, out, H / stride, W / stride]
at::Tensor invertedBottleneck(const nn::Params& p, const Block& block, const at::Tensor& x) {
    at::Tensor y = x;
    if (block.expand != 1) {
        y = clipAtSix(nn::conv2d(p["expand"], y));
    }
    y = clipAtSix(nn::conv2dSame(p["depthwise"], y, block.stride, block.dilation, block.in * block.expand));
    y = nn::conv2d(p["project"], y);
    return block.stride == 1 && block.in == block.out ? x + y : y;
}

at::Tensor asTokens(const at::Tensor& map) { return map.flatten(2).transpose(1, 2); }  // [B, H * W, C]

at::Tensor unit(const at::Tensor& x) { return x / x.norm(2, -1, true).clamp_min(1e-6); }

// The picture at the size that pooling is done at, longer side first; averaged down, as antialiasing does.
at::Tensor forPooling(const VisionConfig& config, const at::Tensor& pixels) {
    const std::int64_t height = pixels.size(2), width = pixels.size(3), longer = std::max(height, width);
    if (config.pooledSize == 0 || longer <= config.pooledSize) {
        return pixels;
    }
    const auto scaled = [&](std::int64_t side) { return std::max<std::int64_t>(1, side * config.pooledSize / longer); };
    return at::adaptive_avg_pool2d(pixels, {scaled(height), scaled(width)});
}

}  // namespace

at::Tensor nameCosines(const nn::Params& head, const at::Tensor& mean, const at::Tensor& names) {
    const at::Tensor named = mean + nn::linear(head["fc2"], at::gelu(nn::linear(head["fc1"], mean)));
    return at::matmul(unit(named), unit(names).t());
}

at::Tensor pooledEmbedding(const nn::Params& clip, const VisionConfig& config, const at::Tensor& mean) {
    if (config.pooledNames == 0) {
        return mean;
    }
    const nn::Params p = clip["pooled_head"];
    const at::Tensor names = p.tensor("names").to(mean.scalar_type());
    const at::Tensor shares = at::softmax(nameCosines(p, mean, names) * config.pooledScale, -1);
    // As long as names are, so that x = a * image + (1 - a) * text means what it says.
    return unit(at::matmul(shares, names)) * names.norm(2, -1).mean();
}

VisionOutput efficientNetLite(const nn::Params& clip, const VisionConfig& config, const at::Tensor& pixels,
                              const VisionRequest& request) {
    // pixels: [B, 3, H, W]
    const nn::Params p = clip["vision_model"];
    const std::vector<Block> blocks = config.blocks();
    const bool head = request.pooled || request.dense;
    VisionOutput out;
    out.taps.resize(request.taps.size());
    out.pyramid.resize(request.pyramid.size());

    std::int64_t last = head ? static_cast<std::int64_t>(blocks.size()) - 1 : -1;
    for (const std::int64_t tap : request.taps) {
        last = std::max(last, tap);
    }
    for (const std::int64_t tap : request.pyramid) {
        last = std::max(last, tap);
    }
    const bool onlyPooled = request.pooled && !request.dense && request.taps.empty() && request.pyramid.empty();
    at::Tensor x = clipAtSix(nn::conv2dSame(p["stem"], onlyPooled ? forPooling(config, pixels) : pixels, 2, 1, 1));
    for (std::int64_t i = 0; i <= last; ++i) {
        if (request.stop.stop_requested()) {
            throw Stopped{};
        }
        x = invertedBottleneck(p["blocks"][i], blocks[static_cast<std::size_t>(i)], x);
        for (std::size_t k = 0; k < request.taps.size(); ++k) {
            if (request.taps[k] == i) {
                out.taps[k] = asTokens(x);
                out.gridHeight = x.size(2);
                out.gridWidth = x.size(3);
            }
        }
        for (std::size_t k = 0; k < request.pyramid.size(); ++k) {
            if (request.pyramid[k] == i) {
                out.pyramid[k] = x;
            }
        }
    }
    if (head) {
        const at::Tensor features = asTokens(clipAtSix(nn::conv2d(p["head"], x)));  // [B, H * W, 1280]
        out.gridHeight = x.size(2);
        out.gridWidth = x.size(3);
        // The mean of projections is the projection of the mean: the projection has no bias.
        if (request.dense) {
            out.dense = nn::linear(clip["visual_projection"], features);  // [B, H * W, P]
        }
        if (request.pooled) {
            out.pooled = pooledEmbedding(
                clip, config,
                out.dense.defined() ? out.dense.mean(1) : nn::linear(clip["visual_projection"], features.mean(1)));
        }
    }
    return out;
}

}  // namespace maskwright::clip
