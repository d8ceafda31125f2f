#include "core/nn/onednn.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <vector>

#include "core/nn/product.h"

namespace maskwright::nn::onednn {
namespace {

// Of the largest value: what another order of the sums makes of float32, and of bfloat16's 8 bits.
double bound(at::ScalarType type) { return type == at::kFloat ? 1e-5 : 2e-2; }

void expectNear(const at::Tensor& got, const at::Tensor& wanted, double relative) {
    ASSERT_EQ(got.sizes(), wanted.sizes());
    const double most = wanted.abs().max().item<double>();
    EXPECT_LE((got.to(at::kFloat) - wanted.to(at::kFloat)).abs().max().item<double>(), relative * std::max(most, 1e-3));
}

class OneDnn : public testing::Test {
  protected:
    void SetUp() override {
        if (!available()) {
            GTEST_SKIP() << "this LibTorch carries a oneDNN of its own";
        }
        at::manual_seed(5);
    }
    at::NoGradGuard guard_;
};

struct Product {
    std::int64_t rows, inputs, outputs;
};

class Packed : public OneDnn, public testing::WithParamInterface<Product> {};

TEST_P(Packed, AProductIsLibTorchsWithEveryActivationAndResidual) {
    const auto [rows, inputs, outputs] = GetParam();
    const at::Tensor x = at::randn({rows, inputs}), w = at::randn({outputs, inputs}), b = at::randn({outputs});
    const at::Tensor residual = at::randn({rows, outputs});
    for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
        if (type == at::kBFloat16 && !multipliesBfloat16()) {
            continue;
        }
        const WeightPtr packed = packMatrix(w, b, type);
        const at::Tensor product = at::linear(x.to(type).to(at::kFloat), w.to(type).to(at::kFloat), b);
        for (const Activation a : {Activation::none, Activation::quickGelu, Activation::gelu, Activation::relu,
                                   Activation::relu6, Activation::silu}) {
            const at::Tensor plain = linear(*packed, x, {a, {}});
            EXPECT_EQ(plain.scalar_type(), type);
            expectNear(plain, activate(a, product), bound(type));
            const at::Tensor added = linear(*packed, x, {a, residual});
            EXPECT_EQ(added.scalar_type(), at::kFloat);
            expectNear(added, activate(a, product) + residual, bound(type));
        }
    }
}

// One row and many; widths that fill no register; a single number.
INSTANTIATE_TEST_SUITE_P(Sides, Packed,
                         testing::Values(Product{1, 64, 64}, Product{485, 96, 80}, Product{6, 512, 1},
                                         Product{7, 1, 33}, Product{130, 80, 129}, Product{1, 1, 1}));

TEST_F(OneDnn, AWeightMayLieTransposedAndLackABias) {
    const at::Tensor x = at::randn({3, 5, 24}), w = at::randn({24, 40});
    expectNear(linear(*packMatrix(w.t(), {}, at::kFloat), x, {}), at::matmul(x, w), 1e-5);
}

TEST_F(OneDnn, NoRowsGiveNoRows) {
    EXPECT_EQ(linear(*packMatrix(at::randn({4, 3}), {}, at::kFloat), at::empty({0, 3}), {}).sizes(),
              at::IntArrayRef({0, 4}));
}

struct Convolution {
    std::int64_t in, out, kernel, groups, stride, dilation, side;
};

class PackedConvolution : public OneDnn, public testing::WithParamInterface<Convolution> {};

TEST_P(PackedConvolution, IsLibTorchs) {
    const Convolution& c = GetParam();
    const at::Tensor x = at::randn({2, c.in, c.side, c.side + 3});
    const at::Tensor w = at::randn({c.out, c.in / c.groups, c.kernel, c.kernel}), b = at::randn({c.out});
    const std::int64_t padding = c.kernel / 2 * c.dilation;
    const at::Tensor wanted = at::silu(at::conv2d(x, w, b, c.stride, padding, c.dilation, c.groups));
    const at::Tensor residual = at::randn(wanted.sizes());
    const WeightPtr packed = packConvolution(w, b, at::kFloat, c.groups);
    const Window window{c.stride, c.dilation, padding, padding, padding, padding};
    const at::Tensor y = onednn::conv2d(*packed, x, window, {Activation::silu, {}});
    EXPECT_TRUE(y.is_contiguous(at::MemoryFormat::ChannelsLast));
    expectNear(y, wanted, 1e-5);
    expectNear(onednn::conv2d(*packed, x, window, {Activation::silu, residual}), wanted + residual, 1e-5);
    // Zeros on one side only, as TensorFlow pads.
    expectNear(onednn::conv2d(*packed, x, {c.stride, c.dilation, 0, 0, padding, padding}, {}),
               at::conv2d(at::constant_pad_nd(x, {0, padding, 0, padding}), w, b, c.stride, at::IntArrayRef({0, 0}),
                          c.dilation, c.groups),
               1e-5);
}

// 14 pixels with stride 2: a form of the weights of its own on some processors. The last: a patch embedding.
INSTANTIATE_TEST_SUITE_P(Shapes, PackedConvolution,
                         testing::Values(Convolution{3, 32, 3, 1, 1, 1, 20}, Convolution{32, 64, 3, 1, 2, 1, 14},
                                         Convolution{64, 64, 1, 1, 1, 1, 9}, Convolution{24, 24, 3, 24, 1, 2, 12},
                                         Convolution{40, 40, 5, 40, 2, 1, 15}, Convolution{5, 1, 1, 1, 1, 1, 7},
                                         Convolution{3, 48, 16, 1, 16, 1, 64}, Convolution{1, 6, 3, 1, 1, 1, 8}));

TEST_F(OneDnn, ProductsOfViewsAreLibTorchs) {
    const at::Tensor all = at::randn({2, 9, 3, 4, 8});  // as query, key and value side by side
    const at::Tensor q = all.select(2, 0).transpose(1, 2), k = all.select(2, 1).transpose(1, 2);  // [2, 4, 9, 8]
    expectNear(nn::matmul(q, k.transpose(2, 3)), at::matmul(q, k.transpose(2, 3)), 1e-5);
    const at::Tensor a = at::randn({5, 7}), b = at::randn({3, 7, 2});
    expectNear(nn::matmul(a, b), at::matmul(a, b), 1e-5);
    expectNear(nn::matmul(b.transpose(1, 2), a.t()), at::matmul(b.transpose(1, 2), a.t()), 1e-5);
    const at::Tensor one = at::randn({1, 1}).expand({6, 1});
    expectNear(nn::matmul(one, at::randn({1, 4}).fill_(2)), one.expand({6, 4}) * 2, 1e-5);
    expectNear(nn::matmul(a.slice(1, 0, 1), a.slice(0, 0, 1)), at::matmul(a.slice(1, 0, 1), a.slice(0, 0, 1)), 1e-5);
    EXPECT_EQ(nn::matmul(at::empty({0, 7}), b).sizes(), at::IntArrayRef({3, 0, 2}));
    EXPECT_EQ(nn::matmul(at::ones({2, 0}), at::ones({0, 3})).abs().sum().item<double>(), 0);
}

TEST_F(OneDnn, WhatIsRecordedStaysWithLibTorch) {
    const at::AutoGradMode recorded(true);
    const at::Tensor a = at::randn({3, 4}).requires_grad_();
    EXPECT_FALSE(computes(a));
    nn::matmul(a, at::randn({4, 2})).sum().backward();
    EXPECT_TRUE(a.grad().defined());
}

// Model::decode() spreads phrases over threads, each of which runs the whole decoder.
TEST_F(OneDnn, ThreadsThatEachRunAProductGetItWhole) {
    const at::Tensor x = at::randn({200, 96}), w = at::randn({80, 96}), image = at::randn({1, 16, 30, 30});
    const at::Tensor kernel = at::randn({32, 16, 3, 3});
    const WeightPtr matrix = packMatrix(w, {}, at::kFloat), convolution = packConvolution(kernel, {}, at::kFloat, 1);
    const at::Tensor wanted = at::linear(x, w), map = at::conv2d(image, kernel, at::Tensor(), 1, 1);
    std::vector<at::Tensor> products(8), maps(8), scores(8);
    const auto all = [&] {
        at::parallel_for(0, 8, 1, [&](std::int64_t begin, std::int64_t end) {
            const at::NoGradGuard own;
            for (std::int64_t i = begin; i < end; ++i) {
                const auto at = static_cast<std::size_t>(i);
                products[at] = linear(*matrix, x, {});
                maps[at] = onednn::conv2d(*convolution, image, {1, 1, 1, 1, 1, 1}, {});
                scores[at] = nn::matmul(x.view({4, 50, 96}), x.view({4, 50, 96}).transpose(1, 2));
            }
        });
    };
    all();
    const at::Tensor wantedScores = at::matmul(x.view({4, 50, 96}), x.view({4, 50, 96}).transpose(1, 2));
    for (std::size_t i = 0; i < 8; ++i) {
        expectNear(products[i], wanted, 1e-5);
        expectNear(maps[i], map, 1e-5);
        expectNear(scores[i], wantedScores, 1e-5);
    }
}

TEST_F(OneDnn, ManySizesAfterEachOtherStayRight) {
    const at::Tensor w = at::randn({24, 16});
    const WeightPtr packed = packMatrix(w, {}, at::kFloat);
    for (const std::int64_t repeat : {0, 1}) {  // more than are kept, then from the first again
        for (std::int64_t rows = 1; rows < 260; ++rows) {
            const at::Tensor x = at::full({rows, 16}, double(rows + repeat));
            expectNear(linear(*packed, x, {}), at::linear(x, w), 1e-5);
        }
    }
}

}  // namespace
}  // namespace maskwright::nn::onednn
