#include "core/segmenters/solo_network.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <filesystem>

#include "core/nn/layers.h"
#include "core/nn/sizes.h"

namespace maskwright::segmenters {

namespace {

using nn::Declaration, nn::Role;

constexpr double kGroupEps = 1e-5;           // GroupNorm's own
constexpr std::size_t kCoordinateLevel = 3;  // of the mask branch: where positions are put in

at::Tensor resized(const at::Tensor& x, std::int64_t height, std::int64_t width) {
    return at::upsample_bilinear2d(x, {height, width}, false);
}

// With two channels more: x and y from -1 to 1.
at::Tensor withPositions(const at::Tensor& map) {
    const auto along = [&](std::int64_t count) { return at::linspace(-1, 1, count, map.options()); };
    const std::vector<std::int64_t> one = {map.size(0), 1, map.size(2), map.size(3)};
    return at::cat(
        {map, along(map.size(3)).view({1, 1, 1, -1}).expand(one), along(map.size(2)).view({1, 1, -1, 1}).expand(one)},
        1);
}

at::Tensor normed(const nn::Params& p, const at::Tensor& x) {
    return at::relu(
        at::group_norm(x.contiguous(), SoloConfig::kGroups, p.tensor("weight"), p.tensor("bias"), kGroupEps));
}

// 0 where a cell is below the one above, the one to the left, or the one between these two: a window of 2 x 2, as
// published.
at::Tensor peaks(const at::Tensor& scores) {
    const at::Tensor most = at::max_pool2d(scores, {2, 2}, {1, 1}, {1, 1});  // [1, C, S + 1, S + 1]
    const at::Tensor own = most.slice(2, 0, scores.size(2)).slice(3, 0, scores.size(3));
    return scores * (own == scores);
}

void declareConvolution(const Declaration& d, std::int64_t out, std::int64_t in, std::int64_t kernel) {
    d.tensor("weight", {out, in, kernel, kernel}, Role::convolution, nn::normal(0.01));
}

}  // namespace

Result<SoloConfig> readSoloConfig(const std::string& folder) {
    const std::string where = (std::filesystem::path(folder) / kConfig).string();
    const auto json = readJsonFile(where, ErrorKind::weights);
    if (!json) {
        return json.error();
    }
    JsonReader root(*json, where, ErrorKind::weights);
    const std::string type = root.string("model_type", "");
    MASKWRIGHT_TRY(root.status());
    if (type != SoloConfig::kName) {
        return Error{ErrorKind::weights,
                     message("%1: model_type is %2, %3 is needed", where, quoted(type, 40), SoloConfig::kName),
                     "give a folder that convert made of a FreeSOLO checkpoint"};
    }
    SoloConfig c;
    c.grids = root.integers("grids", c.grids, 1, 256, SoloConfig::kLevels);
    c.classes = root.integer("classes", c.classes, 1, 1000);
    c.convolutions = root.integer("convolutions", c.convolutions, 1, 16);
    c.width = root.integer("width", c.width, 1, nn::kMaxWidth);
    c.maskWidth = root.integer("mask_width", c.maskWidth, 1, nn::kMaxWidth);
    c.kernels = root.integer("kernels", c.kernels, 1, nn::kMaxWidth);
    c.shortSide = root.integer("short_side", c.shortSide, 32, 4096);
    c.longSide = root.integer("long_side", c.longSide, c.shortSide, 8192);
    JsonReader backbone = root.object("backbone");
    auto read = vision::ResNetFpn::read(backbone, where + ": backbone");
    MASKWRIGHT_TRY(root.status());
    if (!read) {
        return read.error();
    }
    c.backbone = std::move(*read);
    for (const std::int64_t channels : {c.width, c.maskWidth, c.kernels}) {
        if (channels % SoloConfig::kGroups != 0 || c.grids.size() != SoloConfig::kLevels) {
            return Error{ErrorKind::weights, message("%1: not the sizes of a SOLOv2", where),
                         "take the config.json that belongs to these weights"};
        }
    }
    return c;
}

Json toJson(const SoloConfig& c) {
    return {{"model_type", SoloConfig::kName},
            {"backbone", c.backbone.toJson()},
            {"grids", c.grids},
            {"classes", c.classes},
            {"convolutions", c.convolutions},
            {"width", c.width},
            {"mask_width", c.maskWidth},
            {"kernels", c.kernels},
            {"short_side", c.shortSide},
            {"long_side", c.longSide}};
}

nn::Parameters soloParameters(const SoloConfig& c) {
    nn::Parameters all;
    const Declaration root(all, nn::Part::visionTower);
    c.backbone.declare(root["backbone"]);
    const std::int64_t in = c.backbone.channels;
    // A convolution without bias, then the norm: numbers 0 and 1, 3 and 4, ... of a sequence with activations between.
    for (const char* name : {"cate_tower", "kernel_tower"}) {
        const Declaration tower = root["ins_head"][name].bulk();
        const std::int64_t first = std::string_view(name) == "kernel_tower" ? in + 2 : in;
        for (std::int64_t i = 0; i < c.convolutions; ++i) {
            declareConvolution(tower[3 * i], c.width, i == 0 ? first : c.width, 3);
            tower[3 * i + 1].layerNorm(c.width);
        }
    }
    root["ins_head"]["cate_pred"].conv2d(c.classes, c.width, 3);
    root["ins_head"]["kernel_pred"].conv2d(c.kernels, c.width, 3);
    const Declaration levels = root["mask_head"]["convs_all_levels"].bulk();
    for (std::size_t level = 0; level + 1 < SoloConfig::kLevels; ++level) {
        for (std::size_t i = 0; i < std::max<std::size_t>(level, 1); ++i) {
            const Declaration step = levels[std::int64_t(level)]["conv" + std::to_string(i)];
            const std::int64_t first = level == kCoordinateLevel ? in + 2 : in;
            declareConvolution(step[0], c.maskWidth, i == 0 ? first : c.maskWidth, 3);
            step[1].layerNorm(c.maskWidth);
        }
    }
    declareConvolution(root["mask_head"]["conv_pred"][0], c.kernels, c.maskWidth, 1);
    root["mask_head"]["conv_pred"][1].layerNorm(c.kernels);
    return all;
}

Result<std::unique_ptr<SoloNetwork>> SoloNetwork::load(const std::string& folder, at::Device device,
                                                       at::ScalarType dtype) {
    const c10::InferenceMode inference;
    auto config = readSoloConfig(folder);
    if (!config) {
        return config.error();
    }
    auto loaded = loadTensors(
        folder, soloParameters(*config), [](const std::string& name) { return name; },
        [](std::string_view) { return false; }, device, dtype);
    if (!loaded) {
        return loaded.error();
    }
    std::unique_ptr<SoloNetwork> network(new SoloNetwork);
    network->config_ = std::move(*config);
    network->loaded_ = std::move(*loaded);
    network->device_ = device;
    return network;
}

at::Tensor SoloNetwork::tower(const char* name, at::Tensor x) const {
    const nn::Params p = loaded_.params()["ins_head"][name];
    for (std::int64_t i = 0; i < config_.convolutions; ++i) {
        x = normed(p[3 * i + 1], nn::conv2d(p[3 * i], x, 1, 1).to(at::kFloat));
    }
    return x;
}

at::Tensor SoloNetwork::maskFeatures(const std::vector<at::Tensor>& levels) const {
    const nn::Params p = loaded_.params()["mask_head"];
    at::Tensor sum;
    for (std::size_t level = 0; level + 1 < SoloConfig::kLevels; ++level) {
        at::Tensor x = level == kCoordinateLevel ? withPositions(levels[level]) : levels[level];
        for (std::size_t i = 0; i < std::max<std::size_t>(level, 1); ++i) {
            const nn::Params step = p["convs_all_levels"][std::int64_t(level)]["conv" + std::to_string(i)];
            x = normed(step[1], nn::conv2d(step[0], x, 1, 1).to(at::kFloat));
            x = level > 0 ? resized(x, 2 * x.size(2), 2 * x.size(3)) : x;
        }
        sum = sum.defined() ? sum + x : x;
    }
    return normed(p["conv_pred"][1], nn::conv2d(p["conv_pred"][0], sum));
}

SoloAnswer SoloNetwork::ask(const at::Tensor& pixels, const std::stop_token& stop) const {
    const c10::InferenceMode inference;
    const nn::Params p = loaded_.params();
    std::vector<at::Tensor> levels = config_.backbone.forward(p["backbone"], pixels.to(device_), stop);
    for (at::Tensor& level : levels) {
        level = level.to(at::kFloat);
    }
    SoloAnswer answer;
    answer.features = maskFeatures(levels).squeeze(0);
    // The finest level is looked at as coarsely as the second, the coarsest as finely as the fourth.
    levels[0] = resized(levels[0], levels[0].size(2) / 2, levels[0].size(3) / 2);
    levels[4] = resized(levels[4], levels[3].size(2), levels[3].size(3));
    std::vector<at::Tensor> scores, kernels;
    for (std::size_t i = 0; i < SoloConfig::kLevels; ++i) {
        const std::int64_t side = config_.grids[i];
        const at::Tensor cells = resized(withPositions(levels[i]), side, side);
        const auto rows = [](const at::Tensor& map) { return map.squeeze(0).flatten(1).t(); };
        kernels.push_back(rows(nn::conv2d(p["ins_head"]["kernel_pred"], tower("kernel_tower", cells), 1, 1)));
        const at::Tensor plain = cells.slice(1, 0, config_.backbone.channels);
        const at::Tensor score = at::sigmoid(nn::conv2d(p["ins_head"]["cate_pred"], tower("cate_tower", plain), 1, 1));
        scores.push_back(rows(peaks(score.contiguous())));
    }
    answer.scores = at::cat(scores).to(at::kFloat);
    answer.kernels = at::cat(kernels).to(at::kFloat);
    return answer;
}

}  // namespace maskwright::segmenters
