#include "core/nn/depthwise.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "core/nn/linear_relu6.h"
#include "tests/support/tensors.h"

namespace maskwright::nn {
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

}  // namespace
}  // namespace maskwright::nn
