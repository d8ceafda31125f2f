#include "core/vision/efficientnet.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/nn/layers.h"
#include "core/nn/sizes.h"
#include "core/vision/block_loop.h"

namespace maskwright::vision {

namespace {

constexpr std::int64_t kNumbers = 5, kMaxStages = 32;  // of a stage in "stages"

// x: [B, in, H, W] -> [B, out, H / stride, W / stride]
at::Tensor invertedBottleneck(const nn::Params& p, const Block& block, const at::Tensor& x,
                              const nn::Arithmetic& arithmetic) {
    at::Tensor y = x;
    if (block.expand != 1) {
        y = nn::pointwise(p["expand"], y, nn::Clamp::relu6, arithmetic);
    }
    y = nn::depthwise(p["depthwise"], y, block.stride, block.dilation, arithmetic);
    const bool residual = block.stride == 1 && block.in == block.out;
    return nn::pointwise(p["project"], y, nn::Clamp::none, arithmetic, residual ? x : at::Tensor());
}

at::Tensor asTokens(const at::Tensor& map) { return map.flatten(2).transpose(1, 2); }  // [B, H * W, C]

bool onlyPooled(const Request& request) {
    return request.pooled && !request.dense && request.taps.empty() && request.pyramid.empty();
}

// How large a side of a picture is looked at that is only pooled.
std::int64_t pooledSide(std::int64_t side, std::int64_t longer, std::int64_t most) {
    return most == 0 || longer <= most ? side : std::max<std::int64_t>(1, side * most / longer);
}

// The picture at the size that pooling is done at, longer side first; averaged down, as antialiasing does.
at::Tensor forPooling(const at::Tensor& pixels, std::int64_t most) {
    const std::int64_t height = pixels.size(2), width = pixels.size(3), longer = std::max(height, width);
    if (most == 0 || longer <= most) {
        return pixels;
    }
    return at::adaptive_avg_pool2d(pixels, {pooledSide(height, longer, most), pooledSide(width, longer, most)});
}

}  // namespace

Result<EfficientNet> EfficientNet::read(JsonReader& json, const std::string& where) {
    EfficientNet e;
    e.hiddenSize = json.integer("hidden_size", e.hiddenSize, 1, nn::kMaxWidth);
    e.imageSize = json.integer("image_size", e.imageSize, 1, 8192);
    e.stemChannels = json.integer("stem_channels", e.stemChannels, 1, nn::kMaxWidth);
    e.outputStride = json.integer("output_stride", e.outputStride, 2, 64);
    e.pooledSize = json.integer("pooled_size", e.pooledSize, 0, 8192);
    std::vector<std::int64_t> flat;
    for (const Stage& s : e.stages) {
        flat.insert(flat.end(), {s.expand, s.kernel, s.stride, s.channels, s.repeats});
    }
    // Five numbers a stage: expand, kernel, stride, channels, repeats.
    flat = json.integers("stages", flat, 1, nn::kMaxWidth, kNumbers * kMaxStages);
    MASKWRIGHT_TRY(json.status());
    const auto fault = [](Message what) {
        return Error{ErrorKind::weights, std::move(what), "take the config.json that belongs to these weights"};
    };
    if (flat.empty() || flat.size() % kNumbers != 0) {
        return fault(message("%1.stages needs five numbers a stage", where));
    }
    e.stages.clear();
    std::int64_t blocks = 0;
    for (std::size_t i = 0; i < flat.size(); i += kNumbers) {
        const Stage stage{flat[i], flat[i + 1], flat[i + 2], flat[i + 3], flat[i + 4]};
        blocks += stage.repeats;
        if (stage.kernel > 15 || stage.kernel % 2 == 0 || stage.stride > 2 || stage.expand > 16 ||
            blocks > nn::kMaxLayers) {
            return fault(message(
                "%1.stages has a stage outside the sane: kernel odd and at most 15, stride at most 2, expand at most "
                "16, %2 blocks in all",
                where, nn::kMaxLayers));
        }
        e.stages.push_back(stage);
    }
    if ((e.outputStride & (e.outputStride - 1)) != 0) {
        return fault(message("%1.output_stride is not a power of two", where));
    }
    return e;
}

Json EfficientNet::toJson() const {
    Json numbers = Json::array();
    for (const Stage& s : stages) {
        for (const std::int64_t number : {s.expand, s.kernel, s.stride, s.channels, s.repeats}) {
            numbers.push_back(number);
        }
    }
    return {{"model_type", kName},
            {"hidden_size", hiddenSize},
            {"image_size", imageSize},
            {"stem_channels", stemChannels},
            {"output_stride", outputStride},
            {"pooled_size", pooledSize},
            {"stages", numbers}};
}

std::vector<Block> EfficientNet::blocks() const {
    std::vector<Block> blocks;
    std::int64_t reached = 2, dilation = 1, in = stemChannels;  // the stem halves the picture
    for (const Stage& stage : stages) {
        for (std::int64_t i = 0; i < stage.repeats; ++i) {
            Block block{stage.expand, stage.kernel, i == 0 ? stage.stride : 1, dilation, in, stage.channels, 0};
            if (block.stride > 1 && reached * block.stride > outputStride) {
                dilation *= block.stride;  // from the next kernel on: this one still sees the undilated grid
                block.stride = 1;
            }
            reached *= block.stride;
            block.pixels = reached;
            in = stage.channels;
            blocks.push_back(block);
        }
    }
    return blocks;
}

std::int64_t EfficientNet::blockCount() const {
    std::int64_t count = 0;
    for (const Stage& stage : stages) {
        count += stage.repeats;
    }
    return count;
}

std::int64_t EfficientNet::channelsAfter(std::int64_t block) const {
    return blocks().at(static_cast<std::size_t>(block)).out;
}

std::int64_t EfficientNet::strideAfter(std::int64_t block) const {
    return blocks().at(static_cast<std::size_t>(block)).pixels;
}

void EfficientNet::declare(const nn::Declaration& d) const {
    const nn::Declaration bulk = d.bulk();
    bulk["stem"].conv2d(stemChannels, 3, 3);
    const std::vector<Block> all = blocks();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Block& b = all[i];
        const auto index = static_cast<std::int64_t>(i);
        const nn::Declaration block = bulk["blocks"][index].block(index);
        if (b.expand != 1) {
            block["expand"].conv2d(b.wide(), b.in, 1);
        }
        block["depthwise"].conv2d(b.wide(), 1, b.kernel, b.wide());
        block["project"].conv2d(b.out, b.wide(), 1);
    }
    bulk.block(blockCount())["head"].conv2d(hiddenSize, all.back().out, 1);
}

Output EfficientNet::forward(const nn::Params& p, const at::Tensor& pixels, const Request& request) const {
    // pixels: [B, 3, H, W]
    const nn::Arithmetic& arithmetic = request.arithmetic;
    const std::vector<Block> all = blocks();
    const std::int64_t count = blocksNeeded(request, blockCount());
    const BlockLoop loop(request);
    Output out;
    out.taps.resize(request.taps.size());
    out.pyramid.resize(request.pyramid.size());

    const at::Tensor seen = onlyPooled(request) ? forPooling(pixels, pooledSize) : pixels;
    at::Tensor x = nn::arranged(nn::conv2dSame(p["stem"], seen, 2, 1, 1, nn::Activation::relu6), arithmetic);
    for (std::int64_t i = 0; i < count; ++i) {
        loop.enter(i);
        x = invertedBottleneck(p["blocks"][i], all[static_cast<std::size_t>(i)], x, arithmetic);  // [B, C, h, w]
        BlockLoop::keep(request.taps, i, asTokens(x), out.taps);
        BlockLoop::keep(request.pyramid, i, x, out.pyramid);
        if (std::find(request.taps.begin(), request.taps.end(), i) != request.taps.end()) {
            out.gridHeight = x.size(2);
            out.gridWidth = x.size(3);
        }
    }
    if (request.pooled || request.dense) {
        loop.enter(blockCount());
        const at::Tensor features =
            asTokens(nn::pointwise(p["head"], x, nn::Clamp::relu6, arithmetic));  // [B, h * w, hiddenSize]
        out.gridHeight = x.size(2);
        out.gridWidth = x.size(3);
        out.dense = request.dense ? features : at::Tensor();
        out.pooled = request.pooled ? features.mean(1) : at::Tensor();
    }
    return out;
}

double EfficientNet::floatsAlive(std::int64_t width, std::int64_t height, const Request& request) const {
    if (onlyPooled(request)) {
        const std::int64_t longer = std::max(width, height);
        width = pooledSide(width, longer, pooledSize);
        height = pooledSide(height, longer, pooledSize);
    }
    const double pixels = double(width) * double(height);
    const auto at = [&](std::int64_t stride) { return pixels / double(stride * stride); };
    const std::int64_t count = blocksNeeded(request, blockCount());
    const std::vector<Block> all = blocks();
    double kept = 3 * pixels, most = kept + 2 * double(stemChannels) * at(2);  // the convolution, and it clamped
    std::int64_t before = 2;
    for (std::int64_t i = 0; i < count; ++i) {
        const Block& b = all[static_cast<std::size_t>(i)];
        const double in = double(b.in) * at(before), wideIn = double(b.wide()) * at(before),
                     wideOut = double(b.wide()) * at(b.pixels), out = double(b.out) * at(b.pixels);
        // Expanded and that clamped; or expanded, padded where the kernel strides, and convolved; or that clamped.
        const double padded = b.stride > 1 ? wideIn : 0;
        most = std::max({most, kept + in + 2 * wideIn, kept + in + wideIn + std::max(padded, wideOut) + wideOut,
                         kept + in + wideOut + 2 * out});
        for (const auto* wanted : {&request.taps, &request.pyramid}) {
            kept += std::find(wanted->begin(), wanted->end(), i) != wanted->end() ? out : 0;
        }
        before = b.pixels;
    }
    if (request.pooled || request.dense) {
        most = std::max(most, kept + 2 * double(hiddenSize) * at(before));
    }
    return most;
}

}  // namespace maskwright::vision
