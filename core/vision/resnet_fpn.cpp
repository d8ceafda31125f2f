#include "core/vision/resnet_fpn.h"

#include <ATen/ATen.h>

#include <string>

#include "core/nn/layers.h"
#include "core/nn/sizes.h"
#include "core/vision/output.h"

namespace maskwright::vision {

namespace {

using nn::Activation;

constexpr std::int64_t kStages = 4, kMostBlocks = 64;

std::string numbered(const char* name, std::int64_t stage) { return name + std::to_string(stage + 2); }

// x: [B, C, H, W]
at::Tensor bottleneck(const nn::Params& p, const at::Tensor& x, bool first, std::int64_t stride) {
    at::Tensor y = nn::conv2d(p["conv1"], x, 1, 0, 1, 1, Activation::relu);
    y = nn::conv2d(p["conv2"], y, stride, 1, 1, 1, Activation::relu);
    const at::Tensor same = first ? nn::conv2d(p["shortcut"], x, stride) : x;
    return at::relu(nn::conv2d(p["conv3"], y, 1, 0, 1, 1, Activation::none, same));
}

}  // namespace

Result<ResNetFpn> ResNetFpn::read(JsonReader& json, const std::string& where) {
    ResNetFpn r;
    r.stem = json.integer("stem", r.stem, 1, nn::kMaxWidth);
    r.inner = json.integer("inner", r.inner, 1, nn::kMaxWidth);
    r.width = json.integer("width", r.width, 1, nn::kMaxWidth);
    r.channels = json.integer("channels", r.channels, 1, nn::kMaxWidth);
    r.layers = json.integers("layers", r.layers, 1, kMostBlocks, kStages);
    MASKWRIGHT_TRY(json.status());
    if (static_cast<std::int64_t>(r.layers.size()) != kStages) {
        return Error{ErrorKind::weights, message("%1.layers has %2 numbers, not %3", where, r.layers.size(), kStages),
                     "take the config.json that belongs to these weights"};
    }
    return r;
}

Json ResNetFpn::toJson() const {
    return {{"model_type", "resnet_fpn"}, {"stem", stem},        {"inner", inner}, {"width", width},
            {"layers", layers},           {"channels", channels}};
}

void ResNetFpn::declare(const nn::Declaration& d) const {
    const nn::Declaration below = d["bottom_up"].bulk();
    below["stem"]["conv1"].conv2d(stem, 3, 7);
    std::int64_t in = stem;
    for (std::int64_t stage = 0; stage < kStages; ++stage) {
        const std::int64_t out = width << stage, narrow = inner << stage;
        for (std::int64_t i = 0; i < layers[static_cast<std::size_t>(stage)]; ++i) {
            const nn::Declaration block = below[numbered("res", stage)][i];
            block["conv1"].conv2d(narrow, in, 1);
            block["conv2"].conv2d(narrow, narrow, 3);
            block["conv3"].conv2d(out, narrow, 1);
            if (i == 0) {
                block["shortcut"].conv2d(out, in, 1);
            }
            in = out;
        }
        d[numbered("fpn_lateral", stage)].conv2d(channels, out, 1);
        d[numbered("fpn_output", stage)].conv2d(channels, channels, 3);
    }
}

std::vector<at::Tensor> ResNetFpn::forward(const nn::Params& p, const at::Tensor& pixels,
                                           const std::stop_token& stop) const {
    const nn::Params below = p["bottom_up"];
    at::Tensor x = nn::conv2d(below["stem"]["conv1"], pixels, 2, 3, 1, 1, Activation::relu);
    x = at::max_pool2d(x, {3, 3}, {2, 2}, {1, 1});
    std::vector<at::Tensor> levels;
    for (std::int64_t stage = 0; stage < kStages; ++stage) {
        for (std::int64_t i = 0; i < layers[static_cast<std::size_t>(stage)]; ++i) {
            if (stop.stop_requested()) {
                throw Stopped{};
            }
            x = bottleneck(below[numbered("res", stage)][i], x, i == 0, i == 0 && stage > 0 ? 2 : 1);
        }
        levels.push_back(nn::conv2d(p[numbered("fpn_lateral", stage)], x));
    }
    for (std::size_t i = levels.size() - 1; i > 0; --i) {
        const at::Tensor& finer = levels[i - 1];
        levels[i - 1] = finer + at::upsample_nearest2d(levels[i], {finer.size(2), finer.size(3)});
    }
    for (std::int64_t stage = 0; stage < kStages; ++stage) {
        at::Tensor& level = levels[static_cast<std::size_t>(stage)];
        level = nn::conv2d(p[numbered("fpn_output", stage)], level, 1, 1);
    }
    levels.push_back(levels.back().slice(2, 0, levels.back().size(2), 2).slice(3, 0, levels.back().size(3), 2));
    return levels;
}

}  // namespace maskwright::vision
