#include "core/train/adamw.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <limits>

#include "core/train/checkpoint.h"
#include "core/train/shards.h"

namespace maskwright::train {
namespace {

const auto kRate = [](const std::string&) { return 0.1; };
const auto kNoDecay = [](const std::string&) { return 0.0; };

TEST(WarmupCosine, RisesThenFalls) {
    EXPECT_NEAR(warmupCosine(0, 9, 100), 0.1, 1e-12);
    EXPECT_NEAR(warmupCosine(9, 9, 109), 1.0, 1e-12);
    EXPECT_NEAR(warmupCosine(59, 9, 109), 0.5, 1e-12);
    EXPECT_NEAR(warmupCosine(109, 9, 109, 0.2), 0.2, 1e-12);
}

TEST(AdamW, FirstStepsAreThePapers) {
    nn::TensorMap model;
    model["w"] = at::tensor({1.0f, -2.0f}).requires_grad_();
    AdamW optimizer({.beta1 = 0.9, .beta2 = 0.99, .eps = 1e-8, .gradientNorm = 0});
    const double gradients[][2] = {{0.5, -3.0}, {-1.0, 2.0}};
    double w[2] = {1.0, -2.0}, m[2] = {}, v[2] = {};
    for (int t = 1; t <= 2; ++t) {
        model["w"].mutable_grad() =
            at::tensor({static_cast<float>(gradients[t - 1][0]), static_cast<float>(gradients[t - 1][1])});
        const double norm = optimizer.step(model, kRate, [](const std::string&) { return 0.2; });
        EXPECT_NEAR(norm, std::hypot(gradients[t - 1][0], gradients[t - 1][1]), 1e-5);
        for (int i = 0; i < 2; ++i) {
            const double g = gradients[t - 1][i];
            m[i] = 0.9 * m[i] + 0.1 * g;
            v[i] = 0.99 * v[i] + 0.01 * g * g;
            w[i] -= 0.1 * 0.2 * w[i] +
                    0.1 * (m[i] / (1 - std::pow(0.9, t))) / (std::sqrt(v[i] / (1 - std::pow(0.99, t))) + 1e-8);
            EXPECT_NEAR(model["w"][i].item<double>(), w[i], 1e-5);
        }
    }
    EXPECT_FALSE(model["w"].grad().defined());
}

TEST(AdamW, TheGradientNormIsBounded) {
    // Of Adam's first step only the sign of the gradient shows, so look at the state.
    nn::TensorMap model;
    model["a"] = at::zeros({2}).requires_grad_();
    model["b"] = at::zeros({1}).requires_grad_();
    model["a"].mutable_grad() = at::tensor({3.0f, 0.0f});
    model["b"].mutable_grad() = at::tensor({4.0f});
    AdamW optimizer({.beta1 = 0.0, .gradientNorm = 1.0});
    EXPECT_NEAR(optimizer.step(model, kRate, kNoDecay), 5.0, 1e-5);
    EXPECT_NEAR(optimizer.state().at("m.a")[0].item<double>(), 0.6, 1e-5);
    EXPECT_NEAR(optimizer.state().at("m.b")[0].item<double>(), 0.8, 1e-5);
}

TEST(AdamW, AGradientThatIsNoNumberChangesNothing) {
    nn::TensorMap model;
    model["w"] = at::ones({3}).requires_grad_();
    model["w"].mutable_grad() = at::full({3}, std::numeric_limits<float>::quiet_NaN());
    AdamW optimizer;
    EXPECT_FALSE(std::isfinite(optimizer.step(model, kRate, kNoDecay)));
    EXPECT_TRUE(at::equal(model["w"].detach(), at::ones({3})));
}

TEST(AdamW, KeepsAnAverageOfTheWeights) {
    nn::TensorMap model;
    model["w"] = at::zeros({1}).requires_grad_();
    AdamW optimizer({.emaDecay = 0.5});
    double average = 0;
    for (int t = 1; t <= 5; ++t) {
        model["w"].mutable_grad() = at::ones({1});
        optimizer.step(model, kRate, kNoDecay);
        const double keep = std::min(0.5, (1.0 + t) / (10.0 + t));
        average = keep * average + (1 - keep) * model["w"].item<double>();
        if (t == 1) {
            average = (1 - keep) * model["w"].item<double>();
        }
    }
    EXPECT_NEAR(optimizer.averaged(model).at("w").item<double>(), average, 1e-6);
}

TEST(Checkpoint, ContinuesToTheSameNumbers) {
    const std::string path =
        (std::filesystem::temp_directory_path() / ("maskwright-checkpoint-" + std::to_string(getpid()))).string();
    const auto run = [](Checkpoint& state, AdamW& optimizer, int steps) {
        for (int i = 0; i < steps; ++i, ++state.step) {
            state.model["w"].requires_grad_();
            (state.model["w"].pow(2) * (1.0 + 0.1 * static_cast<double>(state.step))).sum().backward();
            optimizer.step(state.model, kRate, kNoDecay);
        }
    };
    const at::Tensor start = at::randn({50});
    Checkpoint whole;
    whole.model["w"] = start.clone();
    AdamW one({.emaDecay = 0.9});
    run(whole, one, 8);

    Checkpoint part;
    part.stage = "test";
    part.model["w"] = start.clone();
    AdamW two({.emaDecay = 0.9});
    run(part, two, 3);
    part.optimizer = two.state();
    ASSERT_TRUE(writeCheckpoint(path, part).ok());
    auto back = readCheckpoint(path, "test");
    ASSERT_TRUE(back.ok()) << back.error().line();
    ASSERT_TRUE(back->has_value());
    AdamW three({.emaDecay = 0.9});
    three.restore((*back)->optimizer, (*back)->step);
    run(**back, three, 5);
    EXPECT_TRUE(at::equal((*back)->model["w"].detach(), whole.model["w"].detach()));
    EXPECT_TRUE(at::equal(three.averaged((*back)->model).at("w"), one.averaged(whole.model).at("w")));
    EXPECT_FALSE(readCheckpoint(path, "another").ok());
    std::filesystem::remove(path);
    const auto none = readCheckpoint(path, "test");
    ASSERT_TRUE(none.ok());
    EXPECT_FALSE(none->has_value());
}

TEST(Shards, SumTheGradientsOfTheirParts) {
    nn::TensorMap model;
    model["w"] = at::randn({4}).requires_grad_();
    model["fixed"] = at::ones({4});
    Shards shards(model, 3);
    shards.run([](std::size_t i, const nn::TensorMap& part) {
        EXPECT_FALSE(part.at("fixed").requires_grad());
        (part.at("w") * part.at("fixed") * static_cast<double>(i + 1)).sum().backward();
    });
    shards.gather(model);
    EXPECT_TRUE(at::equal(model["w"].grad(), at::full({4}, 6.0f)));
    // The parts share the weights' storage.
    {
        at::NoGradGuard guard;
        model["w"].fill_(2);
    }
    shards.run([](std::size_t, const nn::TensorMap& part) { EXPECT_EQ(part.at("w")[0].item<float>(), 2); });
    EXPECT_THROW(shards.run([](std::size_t i, const nn::TensorMap&) {
        if (i == 1) {
            throw std::runtime_error("no");
        }
    }),
                 std::runtime_error);
}

}  // namespace
}  // namespace maskwright::train
