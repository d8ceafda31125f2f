#include "core/clipseg/memory.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/clipseg/model.h"
#include "tests/support/eyes_fixture.h"
#include "tests/support/paths.h"
#include "tests/support/peak_memory.h"

namespace maskwright::clipseg {
namespace {

Config mini() { return readModelConfig(test::sourcePath("models/mini")); }

TEST(Memory, EveryBlockIsChargedAtItsOwnStride) {
    const Config config = mini();
    // Lite2's widest maps: block 1 expands 16 channels to 96 at stride 2, pads and convolves them to stride 4.
    const double pixels = 4096.0 * 4096;
    const double block1 = 4 * (3 + 16 / 4.0 + 96 / 4.0 + 96 / 4.0 + 96 / 16.0) * pixels;
    EXPECT_DOUBLE_EQ(config.clip.vision.bytesAlive(4096, 4096, visionRequest(config)), block1);
}

TEST(Memory, GrowsWithThePictureAndNotWithManyPhrases) {
    const Config config = mini();
    EXPECT_GT(bytesAlive(config, 704, 704), 2 * bytesAlive(config, 352, 352));
    EXPECT_EQ(conditionsAtOnce(485), 16);
    EXPECT_EQ(conditionsAtOnce(1), 64);
    EXPECT_EQ(conditionsAtOnce(100'000), 1);
    EXPECT_EQ(conditionsTogether(485), 4);
    EXPECT_EQ(conditionsTogether(100'000), 1);
}

TEST(Memory, APictureThatIsOnlyPooledIsReducedFirst) {
    Config config = mini();
    ASSERT_EQ(config.clip.vision.pooledSize(), 160);
    EXPECT_EQ(bytesAlivePooled(config, 1600, 800), bytesAlivePooled(config, 160, 80));
}

TEST(Memory, WhatADetectorSaysIsKeptOfAPicture) {
    Config config = test::eyesConfig();
    const double whole = bytesAlive(config, 448, 448);
    EXPECT_GT(bytesAlive(config, 896, 896), 2.5 * whole);
    // A marked object's picture goes the same way.
    EXPECT_EQ(bytesAlivePooled(config, 448, 448), whole);
    // Without it less is asked of the trunk, and less is kept.
    config.eyes.spokenMaps = config.eyes.pyramidMaps = false;
    EXPECT_LT(bytesAlive(config, 448, 448), whole);
}

// Half or twice as much is what the kernels of another machine may make of it.
class MeasuredMemory : public testing::TestWithParam<int> {};

TEST_P(MeasuredMemory, IsWhatThePictureTakes) {
    const auto model = Model::load(test::sourcePath("models/mini"), at::kCPU, at::kFloat);
    const Config& config = model->config();
    const std::int64_t side = GetParam();
    const at::Tensor conditions = at::randn({64, config.clip.projection});
    (void)model->decode(model->encode(at::zeros({1, 3, 352, 352})), conditions);  // what is allocated once
    const double measured = test::bytesOfTensors([&] {
        const Features features = model->encode(at::rand({1, 3, side, side}));
        const std::int64_t together = conditionsAtOnce(features.gridHeight * features.gridWidth);
        const at::Tensor logits = model->decode(features, conditions.slice(0, 0, together));
        (void)toInputSize(logits, side, side).clone();
    });
    const double estimated = bytesAlive(config, side, side);
    EXPECT_GT(estimated, measured / 2) << estimated / 1e6 << " MB estimated, " << measured / 1e6;
    EXPECT_LT(estimated, measured * 2) << estimated / 1e6 << " MB estimated, " << measured / 1e6;
}

// Up to 704 it is decoding that takes the most, at 2048 encoding.
INSTANTIATE_TEST_SUITE_P(Sides, MeasuredMemory, testing::Values(704, 2048));

}  // namespace
}  // namespace maskwright::clipseg
