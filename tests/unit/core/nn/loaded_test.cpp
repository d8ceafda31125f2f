#include "core/nn/loaded.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <limits>

namespace maskwright::nn {
namespace {

TEST(Loaded, OneNumberThatIsNoneIsFound) {
    const at::Tensor numbers = at::ones({3, 5});
    EXPECT_TRUE(isFinite(numbers));
    EXPECT_TRUE(isFinite(at::empty({0})));
    for (const float bad : {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                            std::numeric_limits<float>::quiet_NaN()}) {
        at::Tensor damaged = numbers.clone();
        damaged[2][1] = bad;
        EXPECT_FALSE(isFinite(damaged)) << bad;
        EXPECT_FALSE(isFinite(damaged.t())) << "not contiguous";
        EXPECT_FALSE(isFinite(damaged.to(at::kBFloat16))) << "not float32";
        EXPECT_TRUE(isFinite(damaged.slice(0, 0, 2))) << "what is not of the tensor says nothing";
    }
    EXPECT_EQ(notFinite("a.safetensors", "b").kind, ErrorKind::weights);
}

TEST(Loaded, WhatIsNotPackedGetsItsTypeAndLayout) {
    Parameters all;
    const Declaration d(all, Part::decoder);
    d["plain"].conv2d(6, 4, 3);
    d["block"].bulk().linear(8, 4);
    const at::Tensor kernel = at::randn({6, 4, 3, 3}), matrix = at::randn({8, 4});
    const Placement place{at::kCPU, at::kHalf, true};
    const at::Tensor last = placed(kernel, all.at("plain.weight"), place);
    EXPECT_TRUE(last.is_contiguous(at::MemoryFormat::ChannelsLast));
    EXPECT_TRUE(at::equal(last, kernel)) << "and is not of the large products";
    EXPECT_EQ(placed(matrix, all.at("block.weight"), place).scalar_type(), at::kHalf);
}

TEST(Loaded, EveryTensorIsPackedOrKept) {
    Parameters all;
    const Declaration d(all, Part::decoder);
    d["block"].bulk().linear(8, 4);
    d["norm"].layerNorm(4);
    TensorMap tensors;
    for (const auto& [name, parameter] : all) {
        tensors[name] = at::randn(parameter.shape);
    }
    const std::size_t layers = packable(all, at::kCPU).size();
    const Loaded model = loaded(tensors, all, {});
    EXPECT_EQ(model.parameters, 8 * 4 + 8 + 4 + 4);
    EXPECT_EQ(model.packed.size(), layers);
    EXPECT_EQ(model.tensors.size(), layers > 0 ? 2u : 4u);
}

}  // namespace
}  // namespace maskwright::nn
