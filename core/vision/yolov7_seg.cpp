#include "core/vision/yolov7_seg.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <initializer_list>

#include "core/nn/layers.h"
#include "core/vision/output.h"

namespace maskwright::vision::yolo {

namespace {

enum class Op { conv, join, halve, twice, poolingPyramid };

// One layer. Convolutions are padded by half their kernel and followed by SiLU.
struct Layer {
    Op op;
    std::int64_t kernel, stride, channels;  // channels: of a convolution's result, otherwise 0
    std::array<std::int64_t, 6> from;       // layers; kPicture: the picture, kNothing: no more inputs
};

constexpr std::int64_t kPicture = -1, kNothing = -2;

constexpr Layer one(Op op, std::int64_t from, std::int64_t kernel, std::int64_t stride, std::int64_t channels) {
    return {op, kernel, stride, channels, {from, kNothing, kNothing, kNothing, kNothing, kNothing}};
}
constexpr Layer conv(std::int64_t from, std::int64_t kernel, std::int64_t stride, std::int64_t channels) {
    return one(Op::conv, from, kernel, stride, channels);
}
constexpr Layer halve(std::int64_t from) { return one(Op::halve, from, 2, 2, 0); }  // the largest of 2 x 2
constexpr Layer twice(std::int64_t from) { return one(Op::twice, from, 1, 1, 0); }  // each position four times
constexpr Layer poolingPyramid(std::int64_t from, std::int64_t channels) {
    return one(Op::poolingPyramid, from, 1, 1, channels);
}
// Channels one after the other.
constexpr Layer join(std::initializer_list<std::int64_t> from) {
    Layer layer = one(Op::join, kNothing, 1, 1, 0);
    std::copy(from.begin(), from.end(), layer.from.begin());
    return layer;
}

// Input, kernel, stride, channels of each layer.
// clang-format off
constexpr std::array<Layer, kLayers> kGraph = {{
    // 0: the stem
    conv(kPicture, 3, 1, 32),
    conv(0, 3, 2, 64),
    conv(1, 3, 1, 64),
    conv(2, 3, 2, 128),
    // 4: stage at stride 4
    conv(3, 1, 1, 64),
    conv(3, 1, 1, 64),
    conv(5, 3, 1, 64),
    conv(6, 3, 1, 64),
    conv(7, 3, 1, 64),
    conv(8, 3, 1, 64),
    join({9, 7, 5, 4}),
    conv(10, 1, 1, 256),
    // 12: stage at stride 8
    halve(11),
    conv(12, 1, 1, 128),
    conv(11, 1, 1, 128),
    conv(14, 3, 2, 128),
    join({15, 13}),
    conv(16, 1, 1, 128),
    conv(16, 1, 1, 128),
    conv(18, 3, 1, 128),
    conv(19, 3, 1, 128),
    conv(20, 3, 1, 128),
    conv(21, 3, 1, 128),
    join({22, 20, 18, 17}),
    conv(23, 1, 1, 512),
    // 25: stage at stride 16
    halve(24),
    conv(25, 1, 1, 256),
    conv(24, 1, 1, 256),
    conv(27, 3, 2, 256),
    join({28, 26}),
    conv(29, 1, 1, 256),
    conv(29, 1, 1, 256),
    conv(31, 3, 1, 256),
    conv(32, 3, 1, 256),
    conv(33, 3, 1, 256),
    conv(34, 3, 1, 256),
    join({35, 33, 31, 30}),
    conv(36, 1, 1, 1024),
    // 38: stage at stride 32
    halve(37),
    conv(38, 1, 1, 512),
    conv(37, 1, 1, 512),
    conv(40, 3, 2, 512),
    join({41, 39}),
    conv(42, 1, 1, 256),
    conv(42, 1, 1, 256),
    conv(44, 3, 1, 256),
    conv(45, 3, 1, 256),
    conv(46, 3, 1, 256),
    conv(47, 3, 1, 256),
    join({48, 46, 44, 43}),
    conv(49, 1, 1, 1024),
    // 51: neck, top down
    poolingPyramid(50, 512),
    conv(51, 1, 1, 256),
    twice(52),
    conv(37, 1, 1, 256),
    join({54, 53}),
    conv(55, 1, 1, 256),
    conv(55, 1, 1, 256),
    conv(57, 3, 1, 128),
    conv(58, 3, 1, 128),
    conv(59, 3, 1, 128),
    conv(60, 3, 1, 128),
    join({61, 60, 59, 58, 57, 56}),
    conv(62, 1, 1, 256),
    conv(63, 1, 1, 128),
    twice(64),
    conv(24, 1, 1, 128),
    join({66, 65}),
    conv(67, 1, 1, 128),
    conv(67, 1, 1, 128),
    conv(69, 3, 1, 64),
    conv(70, 3, 1, 64),
    conv(71, 3, 1, 64),
    conv(72, 3, 1, 64),
    join({73, 72, 71, 70, 69, 68}),
    conv(74, 1, 1, 128),
    // 76: neck, bottom up
    halve(75),
    conv(76, 1, 1, 128),
    conv(75, 1, 1, 128),
    conv(78, 3, 2, 128),
    join({79, 77, 63}),
    conv(80, 1, 1, 256),
    conv(80, 1, 1, 256),
    conv(82, 3, 1, 128),
    conv(83, 3, 1, 128),
    conv(84, 3, 1, 128),
    conv(85, 3, 1, 128),
    join({86, 85, 84, 83, 82, 81}),
    conv(87, 1, 1, 256),
    halve(88),
    conv(89, 1, 1, 256),
    conv(88, 1, 1, 256),
    conv(91, 3, 2, 256),
    join({92, 90, 51}),
    conv(93, 1, 1, 512),
    conv(93, 1, 1, 512),
    conv(95, 3, 1, 256),
    conv(96, 3, 1, 256),
    conv(97, 3, 1, 256),
    conv(98, 3, 1, 256),
    join({99, 98, 97, 96, 95, 94}),
    conv(100, 1, 1, 512),
    // 102: what the head reads
    conv(75, 3, 1, 256),
    conv(88, 3, 1, 512),
    conv(101, 3, 1, 1024),
}};
// clang-format on

struct Facts {
    std::int64_t in = 0, channels = 0, stride = 0;  // channels read and written; pixels between positions
};

constexpr std::array<Facts, kLayers + 1> factsOfAll() {
    std::array<Facts, kLayers + 1> all{};
    for (std::size_t i = 0; i < kGraph.size(); ++i) {
        const Layer& layer = kGraph[i];
        Facts& facts = all[i];
        std::int64_t stride = 1;
        for (const std::int64_t from : layer.from) {
            if (from == kPicture) {
                facts.in = 3;
            } else if (from != kNothing) {
                facts.in += all[static_cast<std::size_t>(from)].channels;
                stride = all[static_cast<std::size_t>(from)].stride;
            }
        }
        facts.channels = layer.channels != 0 ? layer.channels : facts.in;
        facts.stride = layer.op == Op::twice ? stride / 2 : stride * layer.stride;
    }
    all[kPrototypes] = {all[102].channels, kCoefficients, 4};
    return all;
}
constexpr std::array<Facts, kLayers + 1> kFacts = factsOfAll();

const Facts& factsOf(std::int64_t layer) { return kFacts.at(static_cast<std::size_t>(layer)); }
const Layer& layerOf(std::int64_t layer) { return kGraph.at(static_cast<std::size_t>(layer)); }

// How often each layer's result is still to be read; what is wanted itself counts once more and so never ends.
std::array<int, kLayers> readings(const std::set<std::int64_t>& wanted) {
    std::array<int, kLayers> count{};
    for (const std::int64_t layer : wanted) {
        ++count.at(static_cast<std::size_t>(layer == kPrototypes ? kHeadLayers[0] : layer));
    }
    for (std::size_t i = kGraph.size(); i-- > 0;) {
        for (const std::int64_t from : kGraph[i].from) {
            if (count[i] > 0 && from >= 0) {
                ++count[static_cast<std::size_t>(from)];
            }
        }
    }
    return count;
}

at::Tensor convSilu(const nn::Params& p, const at::Tensor& x, std::int64_t stride = 1) {
    return nn::conv2d(p, x, stride, nn::kernelOf(p) / 2, 1, 1, nn::Activation::silu);
}

at::Tensor doubled(const at::Tensor& x) { return at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)}); }

// Spatial pyramid pooling beside a plain branch. The maxima over 9 and 13 positions are those of 5 taken again.
at::Tensor poolPyramid(const nn::Params& p, const at::Tensor& x) {
    const auto widest5 = [](const at::Tensor& y) { return at::max_pool2d(y, {5, 5}, {1, 1}, {2, 2}); };
    const at::Tensor a = convSilu(p["cv4"], convSilu(p["cv3"], convSilu(p["cv1"], x)));
    const at::Tensor max5 = widest5(a), max9 = widest5(max5), max13 = widest5(max9);
    const at::Tensor b = convSilu(p["cv6"], convSilu(p["cv5"], at::cat({a, max5, max9, max13}, 1)));
    return convSilu(p["cv7"], at::cat({b, convSilu(p["cv2"], x)}, 1));
}

at::Tensor runLayer(const nn::Params& p, std::int64_t index, const at::Tensor& pixels,
                    const std::array<at::Tensor, kLayers>& results) {
    const Layer& layer = layerOf(index);
    std::vector<at::Tensor> inputs;
    for (const std::int64_t from : layer.from) {
        if (from != kNothing) {
            inputs.push_back(from == kPicture ? pixels : results[static_cast<std::size_t>(from)]);
        }
    }
    switch (layer.op) {
        case Op::conv:
            return convSilu(p["layers"][index], inputs[0], layer.stride);
        case Op::join:
            return at::cat(inputs, 1);
        case Op::halve:
            return at::max_pool2d(inputs[0], {2, 2});
        case Op::twice:
            return doubled(inputs[0]);
        case Op::poolingPyramid:
            return poolPyramid(p["layers"][index], inputs[0]);
    }
    return {};
}

}  // namespace

std::int64_t channelsOf(std::int64_t layer) { return factsOf(layer).channels; }

std::int64_t strideOf(std::int64_t layer) { return factsOf(layer).stride; }

void declare(const nn::Declaration& d, std::int64_t names) {
    const nn::Declaration bulk = d.bulk();
    for (std::int64_t i = 0; i < kLayers; ++i) {
        const nn::Declaration layer = bulk["layers"][i];
        const std::int64_t in = factsOf(i).in, out = factsOf(i).channels;
        if (layerOf(i).op == Op::conv) {
            layer.conv2d(out, in, layerOf(i).kernel);
        } else if (layerOf(i).op == Op::poolingPyramid) {
            layer["cv1"].conv2d(out, in, 1);
            layer["cv2"].conv2d(out, in, 1);
            layer["cv3"].conv2d(out, out, 3);
            layer["cv4"].conv2d(out, out, 1);
            layer["cv5"].conv2d(out, 4 * out, 1);
            layer["cv6"].conv2d(out, out, 3);
            layer["cv7"].conv2d(out, 2 * out, 1);
        }
    }
    for (std::size_t level = 0; level < kHeadLayers.size(); ++level) {
        bulk["head"][static_cast<std::int64_t>(level)].conv2d(kAnchors * (5 + names + kCoefficients),
                                                              channelsOf(kHeadLayers[level]), 1);
    }
    const std::int64_t width = channelsOf(kHeadLayers[0]);
    bulk["prototypes"]["1"].conv2d(width, width, 3);
    bulk["prototypes"]["2"].conv2d(width, width, 3);
    bulk["prototypes"]["3"].conv2d(kCoefficients, width, 1);
    d.tensor("anchors", {static_cast<std::int64_t>(kHeadLayers.size()), kAnchors, 2}, nn::Role::embedding);
}

Maps run(const nn::Params& p, const at::Tensor& pixels, const std::set<std::int64_t>& wanted,
         const std::stop_token& stop) {
    // Channels-last all the way, also where the kernels are not laid out so: the maps are many times larger than they.
    const at::Tensor picture = pixels.contiguous(at::MemoryFormat::ChannelsLast);
    std::array<int, kLayers> left = readings(wanted);
    std::array<at::Tensor, kLayers> results;
    for (std::size_t i = 0; i < kGraph.size(); ++i) {
        if (left[i] == 0) {
            continue;
        }
        if (stop.stop_requested()) {
            throw Stopped{};
        }
        results[i] = runLayer(p, static_cast<std::int64_t>(i), picture, results);
        for (const std::int64_t from : kGraph[i].from) {
            if (from >= 0 && --left[static_cast<std::size_t>(from)] == 0) {
                results[static_cast<std::size_t>(from)].reset();
            }
        }
    }
    Maps maps;
    for (const std::int64_t layer : wanted) {
        if (layer != kPrototypes) {
            maps[layer] = results[static_cast<std::size_t>(layer)];
            continue;
        }
        const nn::Params prototypes = p["prototypes"];
        const at::Tensor inner = doubled(convSilu(prototypes["1"], results[kHeadLayers[0]]));
        maps[layer] = convSilu(prototypes["3"], convSilu(prototypes["2"], inner));
    }
    return maps;
}

Alive floatsAlive(double pixels, const std::set<std::int64_t>& wanted) {
    const auto floats = [&](std::int64_t layer) {
        return double(channelsOf(layer)) * pixels / double(strideOf(layer) * strideOf(layer));
    };
    std::array<int, kLayers> left = readings(wanted);
    double now = 3 * pixels, most = now;
    for (std::size_t i = 0; i < kGraph.size(); ++i) {
        if (left[i] == 0) {
            continue;
        }
        const auto index = static_cast<std::int64_t>(i);
        now += floats(index);
        // Within the pooling pyramid: a, its maxima, and they joined.
        most = std::max(most, now + (kGraph[i].op == Op::poolingPyramid ? 8 * floats(index) : 0));
        for (const std::int64_t from : kGraph[i].from) {
            if (from >= 0 && --left[static_cast<std::size_t>(from)] == 0) {
                now -= floats(from);
            }
        }
    }
    if (wanted.contains(kPrototypes)) {
        // Before the last of its convolutions: 256 channels in, and as many out, four times the positions of layer 102.
        most = std::max(most, now + 8 * floats(kHeadLayers[0]));
        now += floats(kPrototypes);
    }
    return {most, now - 3 * pixels};
}

std::array<at::Tensor, 3> head(const nn::Params& p, const Maps& maps) {
    std::array<at::Tensor, 3> raw;
    for (std::size_t level = 0; level < raw.size(); ++level) {
        raw[level] = nn::conv2d(p["head"][static_cast<std::int64_t>(level)], maps.at(kHeadLayers[level]));
    }
    return raw;
}

at::Tensor decoded(const std::array<at::Tensor, 3>& raw, const at::Tensor& anchors) {
    std::vector<at::Tensor> levels;
    for (std::size_t level = 0; level < raw.size(); ++level) {
        const std::int64_t batch = raw[level].size(0), height = raw[level].size(2), width = raw[level].size(3);
        const std::int64_t numbers = raw[level].size(1) / kAnchors, scores = numbers - kCoefficients - 4;
        const at::Tensor y = raw[level]
                                 .to(at::kFloat)
                                 .view({batch, kAnchors, numbers, height, width})
                                 .permute({0, 1, 3, 4, 2});  // [B, anchors, h, w, numbers]
        const at::Tensor rows = at::arange(height, y.options()).view({height, 1}).expand({height, width});
        const at::Tensor columns = at::arange(width, y.options()).expand({height, width});
        const at::Tensor cell = at::stack({columns, rows}, 2);  // [h, w, 2]
        const at::Tensor anchor = anchors.select(0, static_cast<std::int64_t>(level)).view({1, kAnchors, 1, 1, 2});
        const at::Tensor sure = at::sigmoid(y.narrow(4, 0, 4 + scores));
        const at::Tensor centre = (sure.narrow(4, 0, 2) * 2 - 0.5 + cell) * double(kStrides[level]);
        const at::Tensor size = (sure.narrow(4, 2, 2) * 2).square() * anchor;
        levels.push_back(at::cat({centre, size, sure.narrow(4, 4, scores), y.narrow(4, 4 + scores, kCoefficients)}, 4)
                             .reshape({batch, kAnchors * height * width, numbers}));
    }
    return at::cat(levels, 1);
}

}  // namespace maskwright::vision::yolo
