#include "core/train/depthwise.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/train/vision.h"
#include "tests/support/tensors.h"

namespace maskwright::train {
namespace {

// As a part of the largest number wanted.
double furthest(const at::Tensor& found, const at::Tensor& wanted) { return test::relativeDifference(found, wanted); }

// TensorFlow's "same": the odd pixel goes to the right and bottom. Before the clamp to 0..6.
at::Tensor reference(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, std::int64_t stride,
                     std::int64_t dilation) {
    const auto pad = [&](std::int64_t side) {
        return std::max<std::int64_t>(
            ((side + stride - 1) / stride - 1) * stride + dilation * (weight.size(2) - 1) + 1 - side, 0);
    };
    const at::Tensor map = x.permute({0, 3, 1, 2});
    const std::int64_t tall = pad(map.size(2)), wide = pad(map.size(3));
    const at::Tensor padded = at::constant_pad_nd(map, {wide / 2, wide - wide / 2, tall / 2, tall - tall / 2}, 0);
    return at::conv2d(padded, weight, bias, {stride, stride}, at::IntArrayRef({0, 0}), {dilation, dilation},
                      weight.size(0))
        .permute({0, 2, 3, 1});
}

struct Case {
    std::int64_t height, width, channels, kernel, stride, dilation;
};

class DepthwiseCases : public testing::TestWithParam<Case> {};

TEST_P(DepthwiseCases, ForwardAndGradientsAreLibTorchs) {
    const Case c = GetParam();
    at::Tensor x = at::randn({2, c.height, c.width, c.channels}) * 2,
               w = at::randn({c.channels, 1, c.kernel, c.kernel}) * 0.7, b = at::randn({c.channels});
    at::Tensor x2 = x.clone(), w2 = w.clone(), b2 = b.clone();
    for (at::Tensor* t : {&x, &w, &b, &x2, &w2, &b2}) {
        t->requires_grad_();
    }
    const at::Tensor y = depthwiseRelu6(x, w, b, c.stride, c.dilation),
                     sums = reference(x2, w2, b2, c.stride, c.dilation), wanted = sums.clamp(0, 6);
    ASSERT_EQ(y.sizes(), wanted.sizes());
    EXPECT_LT(furthest(y, wanted), test::kRounding);
    // Where a sum lies on an end of the clamp, rounding decides whether its gradient passes.
    const at::Tensor clear = ((sums.abs() > 1e-3) & ((sums - 6).abs() > 1e-3)).to(at::kFloat);
    const at::Tensor mix = at::randn_like(y) * clear;
    (y * mix).sum().backward();
    (wanted * mix).sum().backward();
    EXPECT_LT(furthest(x.grad(), x2.grad()), test::kRounding);
    EXPECT_LT(furthest(w.grad(), w2.grad()), test::kRounding);
    EXPECT_LT(furthest(b.grad(), b2.grad()), test::kRounding);
}

INSTANTIATE_TEST_SUITE_P(Shapes, DepthwiseCases,
                         testing::Values(Case{7, 5, 3, 3, 1, 1}, Case{9, 8, 64, 5, 1, 2}, Case{8, 8, 70, 3, 2, 1},
                                         Case{7, 9, 130, 5, 2, 1}, Case{3, 3, 65, 5, 1, 2}));

TEST(LinearRelu6, IsAMatrixProductWithAClamp) {
    at::Tensor x = at::randn({2, 3, 10}), w = at::randn({7, 10}), b = at::randn({7});
    at::Tensor x2 = x.clone(), w2 = w.clone(), b2 = b.clone();
    for (at::Tensor* t : {&x, &w, &b, &x2, &w2, &b2}) {
        t->requires_grad_();
    }
    const at::Tensor y = linearRelu6(x, w, b, true, false), wanted = at::linear(x2, w2, b2).clamp(0, 6);
    EXPECT_LT(furthest(y, wanted), test::kRounding);
    y.pow(2).sum().backward();
    wanted.pow(2).sum().backward();
    EXPECT_LT(furthest(x.grad(), x2.grad()), test::kRounding);
    EXPECT_LT(furthest(w.grad(), w2.grad()), test::kRounding);
    EXPECT_LT(furthest(b.grad(), b2.grad()), test::kRounding);
    at::NoGradGuard guard;
    EXPECT_LT(furthest(linearRelu6(x, w, b, false, true), at::linear(x, w, b)), 0.02);  // bfloat16: 8 bits of mantissa
}

TEST(VisionForTraining, GivesTheTowersNumbers) {
    clip::VisionConfig config;
    config.modelType = "efficientnet_lite";
    config.hiddenSize = 40;
    config.stemChannels = 8;
    config.stages = {{1, 3, 1, 8, 1}, {4, 3, 2, 12, 2}, {4, 5, 2, 16, 2}, {4, 3, 2, 24, 2}, {4, 5, 2, 32, 2}};
    nn::TensorMap published;
    const auto conv = [&](const std::string& name, const std::string& norm, std::int64_t out, std::int64_t in,
                          std::int64_t kernel) {
        published[name + ".weight"] =
            at::randn({out, in, kernel, kernel}) / std::sqrt(static_cast<double>(in * kernel * kernel));
        published[norm + ".weight"] = at::rand({out}) + 0.5;
        published[norm + ".bias"] = at::randn({out});
        published[norm + ".running_mean"] = at::randn({out}) * 0.1;
        published[norm + ".running_var"] = at::rand({out}) + 0.5;
    };
    conv("_conv_stem", "_bn0", 8, 3, 3);
    const auto blocks = config.blocks();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const std::string name = "_blocks." + std::to_string(i) + ".";
        const std::int64_t wide = blocks[i].in * blocks[i].expand;
        if (blocks[i].expand != 1) {
            conv(name + "_expand_conv", name + "_bn0", wide, blocks[i].in, 1);
        }
        conv(name + "_depthwise_conv", name + "_bn1", wide, 1, blocks[i].kernel);
        conv(name + "_project_conv", name + "_bn2", blocks[i].out, wide, 1);
    }
    conv("_conv_head", "_bn1", 40, 32, 1);
    published["_fc.weight"] = at::randn({5, 40});
    published["_fc.bias"] = at::randn({5});
    nn::TensorMap tensors = importEfficientNet(published, config);
    tensors["visual_projection.weight"] = at::randn({16, 40});
    const nn::Params p(tensors);
    clip::VisionRequest request;
    request.taps = {8, 5};
    request.pyramid = {4, 2};
    request.dense = request.pooled = true;
    const at::Tensor pixels = at::randn({2, 3, 64, 48});
    const clip::VisionOutput ours = visionForTraining(p, config, pixels, request, 3, false),
                             theirs = clip::vision(p, config, pixels, request);
    EXPECT_EQ(ours.gridHeight, theirs.gridHeight);
    EXPECT_EQ(ours.gridWidth, theirs.gridWidth);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_LT(furthest(ours.taps[i], theirs.taps[i]), test::kRounding) << i;
        EXPECT_LT(furthest(ours.pyramid[i], theirs.pyramid[i]), test::kRounding) << i;
    }
    EXPECT_LT(furthest(ours.dense, theirs.dense), test::kRounding);
    EXPECT_LT(furthest(ours.pooled, theirs.pooled), test::kRounding);
    published.erase("_blocks.1._bn2.bias");
    EXPECT_THROW(importEfficientNet(published, config), std::out_of_range);
}

}  // namespace
}  // namespace maskwright::train
