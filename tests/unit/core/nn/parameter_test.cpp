#include "core/nn/parameter.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include <cmath>

namespace maskwright::nn {
namespace {

TEST(Declaration, ReadsAsTheCheckpointDoes) {
    Parameters all;
    const Declaration d(all, Part::visionTower);
    d["layers"][3]["mlp"]["fc1"].linear(6, 4);
    ASSERT_EQ(all.size(), 2u);
    const Parameter weight = all.at("layers.3.mlp.fc1.weight"), bias = all.at("layers.3.mlp.fc1.bias");
    EXPECT_EQ(weight.shape, (std::vector<std::int64_t>{6, 4}));
    EXPECT_EQ(weight.role, Role::matrix);
    EXPECT_EQ(weight.part, Part::visionTower);
    EXPECT_DOUBLE_EQ(weight.initialisation.value, 0.5);
    EXPECT_EQ(bias.shape, (std::vector<std::int64_t>{6}));
    EXPECT_EQ(bias.role, Role::bias);
    EXPECT_EQ(bias.initialisation, constant(0));
}

TEST(Declaration, ATransformerBlockHasSixteenTensors) {
    Parameters all;
    Declaration(all, Part::decoder)["b"].bulk().block(2).transformerBlock(8, 32, 0.5);
    EXPECT_EQ(all.size(), 16u);
    EXPECT_EQ(all.at("b.mlp.fc2.weight").shape, (std::vector<std::int64_t>{8, 32}));
    EXPECT_DOUBLE_EQ(all.at("b.mlp.fc2.weight").initialisation.value, 0.5 / std::sqrt(32.0)) << "adds to the stream";
    EXPECT_DOUBLE_EQ(all.at("b.mlp.fc1.weight").initialisation.value, 1 / std::sqrt(8.0));
    EXPECT_EQ(all.at("b.layer_norm2.weight").initialisation, constant(1));
    EXPECT_EQ(all.at("b.layer_norm2.bias").initialisation, constant(0));
    for (const auto& [name, parameter] : all) {
        EXPECT_TRUE(parameter.bulk) << name;
        EXPECT_EQ(parameter.block, 2) << name;
        EXPECT_EQ(takesModelType(parameter), parameter.role != Role::norm) << name;
        EXPECT_EQ(decays(parameter), parameter.role == Role::matrix) << name;
    }
}

TEST(Declaration, ConvolutionsSumOverTheirKernels) {
    Parameters all;
    const Declaration d(all, Part::decoder);
    d["plain"].conv2d(5, 4, 3);
    d["wide"].expandPixels(2, 16, 4);
    EXPECT_EQ(all.at("plain.weight").shape, (std::vector<std::int64_t>{5, 4, 3, 3}));
    EXPECT_DOUBLE_EQ(all.at("plain.weight").initialisation.value, 1.0 / 6);
    EXPECT_EQ(all.at("wide.weight").shape, (std::vector<std::int64_t>{16, 2, 4, 4}));
    EXPECT_DOUBLE_EQ(all.at("wide.weight").initialisation.value, 0.25);
    EXPECT_EQ(all.at("wide.bias").shape, (std::vector<std::int64_t>{2}));
    EXPECT_EQ(shapesOf(all).at("plain.bias"), (std::vector<std::int64_t>{5}));
    EXPECT_FALSE(takesModelType(all.at("plain.weight"))) << "not in a block";
}

TEST(Parameter, WhatDecaysIsMultipliedWith) {
    for (const Role role : {Role::matrix, Role::convolution, Role::transposedConvolution, Role::embedding}) {
        EXPECT_TRUE(decays({{}, role}));
    }
    for (const Role role : {Role::bias, Role::norm, Role::scalar}) {
        EXPECT_FALSE(decays({{}, role}));
    }
}

TEST(Parameter, BeginsAsItSays) {
    const Parameter ones{{3}, Role::norm, constant(1)}, drawn{{40, 50}, Role::matrix, normal(0.1)};
    EXPECT_TRUE(at::equal(fresh(ones), at::ones({3})));
    const at::Tensor a = fresh(drawn, at::detail::createCPUGenerator(7)),
                     b = fresh(drawn, at::detail::createCPUGenerator(7)),
                     c = fresh(drawn, at::detail::createCPUGenerator(8));
    EXPECT_TRUE(at::equal(a, b));
    EXPECT_FALSE(at::equal(a, c));
    EXPECT_NEAR(a.std().item<double>(), 0.1, 0.01);
    EXPECT_NEAR(a.mean().item<double>(), 0, 0.01);
    at::manual_seed(7);
    EXPECT_TRUE(at::equal(fresh(drawn), a)) << "the global generator, where none is given";
}

}  // namespace
}  // namespace maskwright::nn
