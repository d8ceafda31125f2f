#include "core/nn/layers.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "core/nn/device.h"
#include "tests/support/tensors.h"

namespace maskwright::nn {
namespace {

// TensorFlow's rule written out for one output pixel: the window starts at o * stride - floor(padding / 2).
float sameAt(const at::Tensor& x, const at::Tensor& w, std::int64_t oy, std::int64_t ox, std::int64_t stride,
             std::int64_t dilation) {
    const std::int64_t kernel = w.size(-1);
    const auto before = [&](std::int64_t side) {
        const std::int64_t out = (side + stride - 1) / stride;
        return std::max<std::int64_t>((out - 1) * stride + dilation * (kernel - 1) + 1 - side, 0) / 2;
    };
    float sum = 0;
    for (std::int64_t c = 0; c < x.size(1); ++c) {
        for (std::int64_t ky = 0; ky < kernel; ++ky) {
            for (std::int64_t kx = 0; kx < kernel; ++kx) {
                const std::int64_t iy = oy * stride - before(x.size(2)) + ky * dilation;
                const std::int64_t ix = ox * stride - before(x.size(3)) + kx * dilation;
                if (iy >= 0 && iy < x.size(2) && ix >= 0 && ix < x.size(3)) {
                    sum += x[0][c][iy][ix].item<float>() * w[0][c][ky][kx].item<float>();
                }
            }
        }
    }
    return sum;
}

TEST(Layers, SamePaddingIsTensorFlows) {
    for (const std::int64_t side : {5, 6, 8}) {
        for (const std::int64_t kernel : {3, 5}) {
            for (const auto& [stride, dilation] :
                 std::vector<std::pair<std::int64_t, std::int64_t>>{{1, 1}, {2, 1}, {1, 2}}) {
                const at::Tensor x = at::randn({1, 2, side, side + 1});
                const TensorMap tensors{{"weight", at::randn({1, 2, kernel, kernel})}, {"bias", at::full({1}, 0.5)}};
                const at::Tensor y = conv2dSame(Params(tensors), x, stride, dilation, 1);
                ASSERT_EQ(y.size(2), (side + stride - 1) / stride);
                ASSERT_EQ(y.size(3), (side + 1 + stride - 1) / stride);
                at::Tensor byHand = at::empty_like(y);
                for (std::int64_t oy = 0; oy < y.size(2); ++oy) {
                    for (std::int64_t ox = 0; ox < y.size(3); ++ox) {
                        byHand[0][0][oy][ox] = 0.5f + sameAt(x, tensors.at("weight"), oy, ox, stride, dilation);
                    }
                }
                EXPECT_LT(test::relativeDifference(y, byHand), test::kRounding)
                    << "side " << side << " kernel " << kernel << " stride " << stride;
            }
        }
    }
}

TEST(Layers, LinearTakesNoBiasWhereThereIsNone) {
    const TensorMap tensors{{"weight", at::ones({2, 3})}};
    const at::Tensor y = linear(Params(tensors), at::ones({4, 3}));
    EXPECT_TRUE(at::equal(y, at::full({4, 2}, 3.0f)));
}

TEST(Layers, QuickGeluIsTheSigmoidForm) {
    EXPECT_NEAR(activate(Activation::quickGelu, at::full({1}, 2.0)).item<float>(), 2.0 / (1 + std::exp(-1.702 * 2)),
                2 * test::kRounding);
    EXPECT_NEAR(activate(Activation::gelu, at::full({1}, 1.0)).item<float>(), 0.841345, test::kRounding);
    EXPECT_EQ(activate(Activation::relu, at::full({1}, -1.0)).item<float>(), 0);
}

TEST(Layers, ExpandPixelsIsATransposedConvolution) {
    const TensorMap tensors{{"weight", at::randn({5, 3, 4, 4})}, {"bias", at::randn({3})}};
    const at::Tensor x = at::randn({2, 5, 6, 7});
    const at::Tensor y = expandPixels(Params(tensors), x);
    EXPECT_LT(test::relativeDifference(y, at::conv_transpose2d(x, tensors.at("weight"), tensors.at("bias"), 4)),
              test::kRounding);
    if (!fastBfloat16()) {
        return;  // LibTorch multiplies it only where oneDNN does
    }
    const TensorMap half{{"weight", tensors.at("weight").to(at::kBFloat16)},
                         {"bias", tensors.at("bias").to(at::kBFloat16)}};
    const at::Tensor z = expandPixels(Params(half), x.to(at::kBFloat16));
    EXPECT_EQ(z.scalar_type(), at::kBFloat16);
    EXPECT_LT(test::relativeDifference(z.to(at::kFloat), y), 0.02) << "bfloat16 has 8 bits of mantissa";
}

TEST(Layers, UnknownActivationIsNamed) {
    EXPECT_EQ(activationFromName("gelu"), Activation::gelu);
    try {
        (void)activationFromName("swish");
        FAIL() << "accepted";
    } catch (const std::invalid_argument& error) {
        EXPECT_NE(std::string(error.what()).find("swish"), std::string::npos);
    }
}

}  // namespace
}  // namespace maskwright::nn
