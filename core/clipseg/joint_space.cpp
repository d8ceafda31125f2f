#include "core/clipseg/joint_space.h"

#include <ATen/ATen.h>

#include "core/nn/layers.h"

namespace maskwright::clipseg {

namespace {

// On the grid: averaged down, or bilinearly up. A 1x1 convolution of it is the same before and after, so it is done
// where positions are fewer.
at::Tensor onGrid(const nn::Params& p, const at::Tensor& map, std::int64_t height, std::int64_t width) {
    if (map.size(2) > height) {
        return nn::conv2d(p, at::adaptive_avg_pool2d(map, {height, width}));
    }
    const at::Tensor narrow = nn::conv2d(p, map);
    return map.size(2) == height ? narrow : at::upsample_bilinear2d(narrow, {height, width}, false);
}

// The sum of the maps, each through its own 1x1 convolution.
at::Tensor sumOf(const nn::Params& p, std::span<const at::Tensor> maps, std::int64_t height, std::int64_t width) {
    at::Tensor sum;
    for (std::size_t i = 0; i < maps.size(); ++i) {
        const at::Tensor one = onGrid(p[static_cast<std::int64_t>(i)], maps[i], height, width);
        sum = sum.defined() ? sum + one : one;
    }
    return sum;
}

}  // namespace

JointSpace jointSpace(const nn::Params& p, const Eyes& eyes, std::span<const at::Tensor> maps, std::int64_t height,
                      std::int64_t width) {
    const std::size_t coarseMaps = eyes.jointLayers.size();
    JointSpace joint;
    at::Tensor x = at::silu(sumOf(p["in"], maps.first(coarseMaps), height, width));
    const at::Tensor mixed = nn::conv2d(p["mix"]["0"], x, 1, 1, 1, 1, nn::Activation::silu);
    joint.coarse = nn::conv2d(p["mix"]["1"], mixed, 1, 1, 1, 1, nn::Activation::none, x);

    const nn::Params fine = p["fine"];
    const std::int64_t tall = 2 * height, wide = 2 * width;
    const at::Tensor lateral = sumOf(fine["in"], maps.subspan(coarseMaps), tall, wide);
    x = at::silu(lateral + onGrid(fine["reduce"], joint.coarse, tall, wide));
    joint.fine = nn::conv2d(fine["mix"], x, 1, 1, 1, 1, nn::Activation::none,
                            at::upsample_bilinear2d(joint.coarse, {tall, wide}, false));
    return joint;
}

}  // namespace maskwright::clipseg
