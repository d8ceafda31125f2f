#include "core/nn/packed.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/nn/layers.h"
#include "core/nn/onednn.h"

namespace maskwright::nn {
namespace {

class PackedLayersTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!onednn::available()) {
            GTEST_SKIP() << "this LibTorch carries a oneDNN of its own";
        }
        at::manual_seed(3);
        const Declaration d(declared_, Part::visionTower);
        d["block"].transformerBlock(24, 40);
        d["up"].expandPixels(3, 24, 4);
        d["conv"].conv2d(24, 24, 3);
        d["depthwise"].conv2d(24, 1, 3, 24);
        d["table"].tensor("weight", {9, 24}, Role::embedding, normal(1));
        for (const auto& [name, parameter] : declared_) {
            tensors_.emplace(name, at::randn(parameter.shape));
        }
        left_ = tensors_;
        packed_ = packAll(left_, declared_, at::kFloat);
    }

    void expectSame(const std::function<at::Tensor(const Params&)>& run) const {
        const at::Tensor wanted = run(Params(tensors_)), got = run(Params(left_, packed_));
        ASSERT_EQ(got.sizes(), wanted.sizes());
        EXPECT_LE((got - wanted).abs().max().item<double>(), 1e-4 * wanted.abs().max().item<double>());
    }

    at::NoGradGuard guard_;
    Parameters declared_;
    TensorMap tensors_, left_;
    PackedLayers packed_;
};

TEST_F(PackedLayersTest, LayersGiveWhatTheirTensorsDo) {
    const at::Tensor tokens = at::randn({2, 11, 24}), map = at::randn({2, 24, 7, 9});
    const at::Tensor factor = at::rand({2, 1, 11, 11});
    for (const bool causal : {false, true}) {
        expectSame(
            [&](const Params& p) { return preNormBlock(p["block"], tokens, 4, Activation::quickGelu, 1e-5, causal); });
    }
    expectSame([&](const Params& p) {
        return preNormBlock(p["block"], tokens, 3, Activation::gelu, 1e-5, false, {}, factor);
    });
    expectSame([&](const Params& p) { return postNormBlock(p["block"], tokens, 4, Activation::relu, 1e-5); });
    expectSame([&](const Params& p) { return expandPixels(p["up"], map); });
    expectSame([&](const Params& p) { return conv2d(p["conv"], map, 1, 1, 1, 1, Activation::relu, map); });
    expectSame([&](const Params& p) { return conv2dSame(p["depthwise"], map, 2, 1, 24, Activation::relu6); });
}

TEST_F(PackedLayersTest, WhatIsPackedIsThereOnce) {
    for (const char* layer : {"block.self_attn.qkv", "block.self_attn.out_proj", "block.mlp.fc1", "block.mlp.fc2", "up",
                              "conv", "depthwise"}) {
        EXPECT_TRUE(packed_.contains(layer)) << layer;
    }
    EXPECT_EQ(packed_.size(), 7U);
    EXPECT_FALSE(left_.contains("block.self_attn.q_proj.weight"));
    EXPECT_FALSE(left_.contains("up.bias"));
    EXPECT_TRUE(left_.contains("table.weight")) << "rows are looked up in it";
    EXPECT_TRUE(left_.contains("block.layer_norm1.weight"));
}

TEST_F(PackedLayersTest, NothingIsPackedForAGpu) { EXPECT_TRUE(packable(declared_, at::Device(at::kCUDA, 0)).empty()); }

TEST_F(PackedLayersTest, AMissingWeightIsNamed) {
    TensorMap without = tensors_;
    without.erase("conv.weight");
    try {
        (void)packAll(without, declared_, at::kFloat);
        FAIL() << "no error";
    } catch (const std::out_of_range& e) {
        EXPECT_NE(std::string(e.what()).find("conv.weight"), std::string::npos) << e.what();
    }
}

}  // namespace
}  // namespace maskwright::nn
