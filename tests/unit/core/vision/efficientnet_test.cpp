#include "core/vision/efficientnet.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/vision/efficientnet_import.h"
#include "core/vision/trunk.h"
#include "tests/support/tensors.h"

namespace maskwright::vision {
namespace {

// As a part of the largest number wanted.
double furthest(const at::Tensor& found, const at::Tensor& wanted) { return test::relativeDifference(found, wanted); }

// A small trunk, and tensors as Google publishes them.
class SmallEfficientNet : public testing::Test {
  protected:
    SmallEfficientNet() {
        config_.hiddenSize = 40;
        config_.stemChannels = 8;
        config_.stages = {{1, 3, 1, 8, 1}, {4, 3, 2, 12, 2}, {4, 5, 2, 16, 2}, {4, 3, 2, 24, 2}, {4, 5, 2, 32, 2}};
        at::manual_seed(3);
        conv("_conv_stem", "_bn0", 8, 3, 3);
        const auto blocks = config_.blocks();
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const std::string name = "_blocks." + std::to_string(i) + ".";
            if (blocks[i].expand != 1) {
                conv(name + "_expand_conv", name + "_bn0", blocks[i].wide(), blocks[i].in, 1);
            }
            conv(name + "_depthwise_conv", name + "_bn1", blocks[i].wide(), 1, blocks[i].kernel);
            conv(name + "_project_conv", name + "_bn2", blocks[i].out, blocks[i].wide(), 1);
        }
        conv("_conv_head", "_bn1", 40, 32, 1);
        published_["_fc.weight"] = at::randn({5, 40});
        published_["_fc.bias"] = at::randn({5});
        tensors_ = importClassifier(published_, config_).trunk;
        request_.taps = {8, 5};
        request_.pyramid = {4, 2};
        request_.dense = request_.pooled = true;
    }
    void conv(const std::string& name, const std::string& norm, std::int64_t out, std::int64_t in,
              std::int64_t kernel) {
        published_[name + ".weight"] =
            at::randn({out, in, kernel, kernel}) / std::sqrt(static_cast<double>(in * kernel * kernel));
        published_[norm + ".weight"] = at::rand({out}) + 0.5;
        published_[norm + ".bias"] = at::randn({out});
        published_[norm + ".running_mean"] = at::randn({out}) * 0.1;
        published_[norm + ".running_var"] = at::rand({out}) + 0.5;
    }
    [[nodiscard]] Output run(const Request& request) const {
        return config_.forward(nn::Params(tensors_), pixels_, request);
    }
    void learnAll() {
        for (auto& [name, tensor] : tensors_) {
            tensor = tensor.detach().requires_grad_();
        }
    }

    EfficientNet config_;
    nn::TensorMap published_, tensors_;
    Request request_;
    at::Tensor pixels_ = at::randn({2, 3, 64, 48});
};

TEST_F(SmallEfficientNet, BothArithmeticsGiveTheSameNumbers) {
    const Output library = run(request_);
    for (const std::int64_t firstTrained : {std::int64_t(3), kNoneTrained}) {
        request_.arithmetic = nn::trainingArithmetic(false);
        request_.firstTrained = firstTrained;
        const Output own = run(request_);
        EXPECT_EQ(own.gridHeight, library.gridHeight);
        EXPECT_EQ(own.gridWidth, library.gridWidth);
        for (std::size_t i = 0; i < 2; ++i) {
            EXPECT_LT(furthest(own.taps[i], library.taps[i]), test::kRounding) << i;
            EXPECT_LT(furthest(own.pyramid[i], library.pyramid[i]), test::kRounding) << i;
        }
        EXPECT_LT(furthest(own.dense, library.dense), test::kRounding);
        EXPECT_LT(furthest(own.pooled, library.pooled), test::kRounding);
    }
}

TEST_F(SmallEfficientNet, BothArithmeticsGiveTheSameGradients) {
    const auto gradient = [&](const nn::Arithmetic& arithmetic) {
        learnAll();
        request_.arithmetic = arithmetic;
        const Output out = run(request_);
        (out.dense.pow(2).mean() + out.taps[1].pow(2).mean() + out.pyramid[1].pow(2).mean()).backward();
        return tensors_.at("blocks.3.depthwise.weight").grad().clone();
    };
    const at::Tensor library = gradient({}), own = gradient(nn::trainingArithmetic(false));
    EXPECT_LT(furthest(own, library), test::kRounding);
}

TEST_F(SmallEfficientNet, BlocksBeforeTheFirstTrainedHaveNoGradient) {
    learnAll();
    for (const bool own : {false, true}) {
        request_.arithmetic.own = own;
        request_.firstTrained = 5;
        run(request_).dense.sum().backward();
        EXPECT_FALSE(tensors_.at("stem.weight").grad().defined());
        EXPECT_FALSE(tensors_.at("blocks.4.project.weight").grad().defined());
        EXPECT_TRUE(tensors_.at("blocks.5.project.weight").grad().defined());
        EXPECT_TRUE(tensors_.at("head.weight").grad().defined());
        learnAll();
        request_.firstTrained = config_.blockCount();
        run(request_).dense.sum().backward();
        EXPECT_FALSE(tensors_.at("blocks.8.project.weight").grad().defined());
        EXPECT_TRUE(tensors_.at("head.weight").grad().defined());
        learnAll();
        request_.firstTrained = kNoneTrained;
        EXPECT_FALSE(run(request_).dense.requires_grad());
        EXPECT_TRUE(at::GradMode::is_enabled()) << "what the caller had is back";
    }
}

TEST_F(SmallEfficientNet, APictureThatIsOnlyPooledIsReducedInBothArithmetics) {
    config_.pooledSize = 32;
    Request pooled;
    pooled.pooled = true;
    const Output library = run(pooled);
    pooled.arithmetic = nn::trainingArithmetic(false);
    const Output own = run(pooled);
    EXPECT_EQ(library.gridHeight, 2);
    EXPECT_EQ(own.gridHeight, 2);
    EXPECT_LT(furthest(own.pooled, library.pooled), test::kRounding);
}

TEST_F(SmallEfficientNet, AMissingTensorIsNamed) {
    published_.erase("_blocks.1._bn2.bias");
    EXPECT_THROW((void)importClassifier(published_, config_), std::out_of_range);
    EXPECT_THROW((void)importClassifier(published_, Vit()), std::invalid_argument);
}

TEST_F(SmallEfficientNet, DeclaresWhatItReads) {
    nn::Parameters all;
    Trunk(config_).declare(nn::Declaration(all, nn::Part::visionTower));
    ASSERT_EQ(all.size(), tensors_.size());
    for (const auto& [name, parameter] : all) {
        ASSERT_TRUE(tensors_.contains(name)) << name;
        EXPECT_EQ(tensors_.at(name).sizes().vec(), parameter.shape) << name;
    }
}

}  // namespace
}  // namespace maskwright::vision
