#include "core/vision/modified_resnet.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>

#include "core/nn/attention.h"
#include "core/nn/layers.h"
#include "core/nn/sizes.h"
#include "core/vision/block_loop.h"

namespace maskwright::vision {

namespace {

constexpr std::int64_t kMostBlocks = 256;  // of one stage; RN50x64 has 36

at::Tensor halved(const at::Tensor& x) { return at::avg_pool2d(x, 2); }

at::Tensor relu(const nn::Params& p, const at::Tensor& x, std::int64_t stride, std::int64_t padding) {
    return nn::conv2d(p, x, stride, padding, 1, 1, nn::Activation::relu);
}

// x: [B, in, H, W] -> [B, 4 * planes, H / stride, W / stride]
at::Tensor bottleneck(const nn::Params& p, const at::Tensor& x, bool first, bool strides) {
    at::Tensor y = relu(p["conv1"], x, 1, 0);
    y = relu(p["conv2"], y, 1, 1);
    const at::Tensor same = first ? nn::conv2d(p["downsample"], strides ? halved(x) : x) : x;
    return at::relu(nn::conv2d(p["conv3"], strides ? halved(y) : y, 1, 0, 1, 1, nn::Activation::none, same));
}

at::Tensor asTokens(const at::Tensor& map) { return map.flatten(2).transpose(1, 2); }  // [B, H * W, C]

std::string stageName(std::int64_t stage) { return "layer" + std::to_string(stage + 1); }

}  // namespace

Result<ModifiedResNet> ModifiedResNet::read(JsonReader& json, const std::string& where) {
    ModifiedResNet r;
    r.width = json.integer("width", r.width, 2, nn::kMaxWidth / kStride);
    r.imageSize = json.integer("image_size", r.imageSize, kStride, 8192);
    r.layers = json.integers("layers", r.layers, 1, kMostBlocks, kStages);
    r.hiddenSize = kStride * r.width;
    r.heads = json.integer("num_attention_heads", std::max<std::int64_t>(1, r.hiddenSize / 64), 1, nn::kMaxHeads);
    MASKWRIGHT_TRY(json.status());
    const auto fault = [](Message what) {
        return Error{ErrorKind::weights, std::move(what), "take the config.json that belongs to these weights"};
    };
    if (static_cast<std::int64_t>(r.layers.size()) != kStages) {
        return fault(message("%1.layers has %2 numbers, not %3", where, r.layers.size(), kStages));
    }
    if (r.width % 2 != 0) {
        return fault(message("%1.width is %2, an even number is needed", where, r.width));
    }
    MASKWRIGHT_TRY(nn::checkTransformer(where, r.hiddenSize, r.heads, "relu"));
    return r;
}

Json ModifiedResNet::toJson() const {
    return {{"model_type", kName},
            {"width", width},
            {"layers", layers},
            {"image_size", imageSize},
            {"num_attention_heads", heads}};
}

std::int64_t ModifiedResNet::blockCount() const {
    return std::accumulate(layers.begin(), layers.end(), std::int64_t{0});
}

std::int64_t ModifiedResNet::stageOf(std::int64_t block) const {
    std::int64_t stage = 0;
    while (stage + 1 < kStages && block >= layers.at(static_cast<std::size_t>(stage))) {
        block -= layers[static_cast<std::size_t>(stage++)];
    }
    return stage;
}

std::int64_t ModifiedResNet::channelsAfter(std::int64_t block) const { return kExpansion * (width << stageOf(block)); }

std::int64_t ModifiedResNet::strideAfter(std::int64_t block) const { return std::int64_t{4} << stageOf(block); }

void ModifiedResNet::declare(const nn::Declaration& d) const {
    const nn::Declaration bulk = d.bulk();
    bulk["conv1"].conv2d(width / 2, 3, 3);
    bulk["conv2"].conv2d(width / 2, width / 2, 3);
    bulk["conv3"].conv2d(width, width / 2, 3);
    std::int64_t in = width, index = 0;
    for (std::int64_t stage = 0; stage < kStages; ++stage) {
        const std::int64_t planes = width << stage, out = kExpansion * planes;
        for (std::int64_t i = 0; i < layers[static_cast<std::size_t>(stage)]; ++i, ++index) {
            const nn::Declaration block = bulk[stageName(stage)][i].block(index);
            block["conv1"].conv2d(planes, in, 1);
            block["conv2"].conv2d(planes, planes, 3);
            block["conv3"].conv2d(out, planes, 1);
            if (i == 0) {
                block["downsample"].conv2d(out, in, 1);
            }
            in = out;
        }
    }
    const std::int64_t side = imageSize / kStride;
    const nn::Declaration pool = d["attnpool"].block(index);
    pool.tensor("positional_embedding", {side * side + 1, hiddenSize}, nn::Role::embedding, nn::normal(0.01));
    for (const char* name : {"q_proj", "k_proj", "v_proj"}) {
        pool[name].linear(hiddenSize, hiddenSize);
    }
}

Output ModifiedResNet::forward(const nn::Params& p, const at::Tensor& pixels, const Request& request) const {
    // pixels: [B, 3, H, W]
    const std::int64_t count = blocksNeeded(request, blockCount());
    const BlockLoop loop(request);
    Output out;
    out.taps.resize(request.taps.size());
    out.pyramid.resize(request.pyramid.size());

    at::Tensor x = relu(p["conv1"], pixels, 2, 1);
    x = relu(p["conv2"], x, 1, 1);
    x = halved(relu(p["conv3"], x, 1, 1));  // [B, width, H / 4, W / 4]
    std::int64_t begin = 0;                 // of the stage
    for (std::int64_t i = 0; i < count; ++i) {
        loop.enter(i);
        const std::int64_t stage = stageOf(i);
        begin = i > 0 && stage != stageOf(i - 1) ? i : begin;
        x = bottleneck(p[stageName(stage)][i - begin], x, i == begin, i == begin && stage > 0);  // [B, C, h, w]
        BlockLoop::keep(request.taps, i, asTokens(x), out.taps);
        BlockLoop::keep(request.pyramid, i, x, out.pyramid);
        if (std::find(request.taps.begin(), request.taps.end(), i) != request.taps.end()) {
            out.gridHeight = x.size(2);
            out.gridWidth = x.size(3);
        }
    }
    if (request.pooled || request.dense) {
        loop.enter(blockCount());
        out.gridHeight = x.size(2);
        out.gridWidth = x.size(3);
        // Of one position the pool would make its value (Zhou et al. 2022, MaskCLIP).
        if (request.dense) {
            const at::Tensor value = nn::queryKeyValue(p["attnpool"], asTokens(x), heads).value;
            out.dense = value.transpose(1, 2).flatten(2);  // [B, h * w, C]
        }
        out.pooled = request.pooled ? attentionPool(p, x) : at::Tensor();
    }
    return out;
}

at::Tensor ModifiedResNet::attentionPool(const nn::Params& p, const at::Tensor& map) const {
    const nn::Params pool = p["attnpool"];
    at::Tensor x = asTokens(map);
    x = at::cat({x.mean(1, true), x}, 1);  // [B, T, C], T = 1 + h * w
    const std::int64_t batch = x.size(0), tokens = x.size(1);
    at::Tensor table = pool.tensor("positional_embedding").unsqueeze(0);
    if (table.size(1) != tokens) {
        table = at::upsample_bilinear2d(table.unsqueeze(0), {tokens, hiddenSize}, true).squeeze(0);
    }
    x = x + table;
    const auto [q, k, v] = nn::queryKeyValue(pool, x, heads);  // [B, h, T, d]
    const at::Tensor pooled = nn::attention(q.slice(2, 0, 1), k, v, {}, false);
    return pooled.transpose(1, 2).reshape({batch, hiddenSize});  // [B, C]
}

double ModifiedResNet::floatsAlive(std::int64_t w, std::int64_t h, const Request& request) const {
    const double pixels = double(w) * double(h);
    // The stem at half the side: a convolution's result, and that clamped.
    double most = 3 * pixels + 2 * double(width) * pixels / 4, kept = 3 * pixels;
    for (std::int64_t i = 0; i < blocksNeeded(request, blockCount()); ++i) {
        const double stride = double(strideAfter(i)), out = double(channelsAfter(i)) * pixels / (stride * stride);
        // Input (of a first block four times as many positions of half the channels), what is added to it, the sum and
        // that clamped; inside the block less.
        most = std::max(most, kept + 5 * out);
        for (const auto* wanted : {&request.taps, &request.pyramid}) {
            kept += std::find(wanted->begin(), wanted->end(), i) != wanted->end() ? out : 0;
        }
    }
    const double tokens = pixels / double(kStride * kStride) + 1;
    return request.pooled || request.dense ? std::max(most, kept + 6 * double(hiddenSize) * tokens) : most;
}

}  // namespace maskwright::vision
