#include "core/train/segment_loss.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace maskwright::train {
namespace {

// Two phrases on a grid of 2 x 2: the first is in the left half, the second is not there.
SegmentPart two() {
    SegmentPart part;
    part.targets = at::zeros({2, 2, 2});
    part.targets[0].slice(1, 0, 1).fill_(1);
    part.present = at::tensor({1, 0}, at::kLong).to(at::kBool);
    part.doubtful = at::ones({2}, at::kBool);
    part.uncertain = part.present.logical_not();
    return part;
}

TEST(PixelWeight, LeavesOutWhatADetectorMayHaveMissedAndNothingThatIsDrawn) {
    SegmentPart part = two();
    const at::Tensor logits = at::zeros({2, 2, 2});
    at::Tensor evidence = at::zeros({2, 2, 2});
    evidence[0].fill_(0.5);
    evidence[1][0][0] = 0.5;
    EXPECT_FALSE(pixelWeight(part, logits, evidence, 0).defined());
    EXPECT_FALSE(pixelWeight(part, logits, {}, 0.08).defined());
    const at::Tensor weight = pixelWeight(part, logits, evidence, 0.08);
    EXPECT_TRUE(weight[0].equal(part.targets[0])) << "the undrawn half of the first is out";
    EXPECT_EQ(weight[1].sum().item<float>(), 3);
    part.doubtful.zero_();
    EXPECT_EQ(pixelWeight(part, logits, evidence, 0.08).min().item<float>(), 1);
}

TEST(PixelWeight, LeavesOutBoxesThatNobodyDrewIn) {
    SegmentPart part = two();
    part.undrawn = at::zeros({2, 2, 2}, at::kBool);
    part.undrawn[0][0].fill_(true);
    const at::Tensor weight = pixelWeight(part, at::zeros({2, 2, 2}), {}, 0.08);
    EXPECT_EQ(weight[0][0][0].item<float>(), 1) << "drawn";
    EXPECT_EQ(weight[0][0][1].item<float>(), 0) << "boxed";
    EXPECT_EQ(weight.sum().item<float>(), 7);
}

TEST(MaskLoss, PixelsLeftOutDoNotCount) {
    const SegmentPart part = two();
    at::Tensor right = (part.targets * 2 - 1) * 20, wrong = right.clone();
    wrong[0].slice(1, 1, 2).fill_(20);  // the right half of the first
    const at::Tensor weight = part.targets + at::tensor({0.0f, 1.0f}).view({2, 1, 1});
    EXPECT_NEAR(maskLoss(part, right, {}, 3, 0.7).item<double>(), 0, 1e-6);
    EXPECT_GT(maskLoss(part, wrong, {}, 3, 0.7).item<double>(), 10);
    EXPECT_NEAR(maskLoss(part, wrong, weight, 3, 0.7).item<double>(), 0, 1e-6);
    // Half of four pixels of one of two phrases, 20 each, three times; and half of the Dice of 2 * 2 + 1 of 4 + 2 + 1.
    EXPECT_NEAR(maskLoss(part, wrong, {}, 3, 0.7).item<double>(), 3 * 20 * 0.25 + 0.7 * (2.0 / 7) / 2, 1e-4);
}

TEST(PresenceLoss, WhatADetectorMayHaveMissedIsNotCalledAbsent) {
    const SegmentPart part = two();
    const at::Tensor presence = at::tensor({20.0f, 20.0f}), evidence = at::full({2, 2, 2}, 0.5);
    EXPECT_NEAR(presenceLoss(part, presence, {}, 0.08).item<double>(), 10, 1e-3);
    EXPECT_NEAR(presenceLoss(part, presence, evidence, 0.08).item<double>(), 0, 1e-6);
    EXPECT_NEAR(presenceLoss(part, presence, evidence * 0.1, 0.08).item<double>(), 10, 1e-3) << "little evidence";
}

TEST(DenseLoss, ANameThatNobodyLookedForCompetesOnlyWhereSomethingIsLabelled) {
    // One picture of two cells: the first is the first name, the second is nobody's. The second name is both.
    SegmentPart part;
    part.denseValid = at::ones({1, 2}, at::kBool);
    part.denseLabelled = at::tensor({0, 1}, at::kLong).to(at::kBool).unsqueeze(0);
    SegmentPart::Dense dense{at::tensor({1.0f, 0.0f, 0.0f, 0.0f}).view({1, 2, 2}), at::ones({1, 2})};
    const at::Tensor names = at::eye(2), scale = at::full({}, 50.0);
    const at::Tensor mine = at::tensor({1.0f, 0.0f, 0.0f, 1.0f}).view({1, 2, 2}),
                     theirs = at::tensor({0.0f, 1.0f, 0.0f, 1.0f}).view({1, 2, 2});
    EXPECT_NEAR(denseLoss(part, dense, mine, names, scale).item<double>(), 0, 1e-3);
    EXPECT_GT(denseLoss(part, dense, theirs, names, scale).item<double>(), 10);
    part.denseLabelled.zero_();  // a closed name: certainly not in the second cell
    EXPECT_GT(denseLoss(part, dense, mine, names, scale).item<double>(), 10);
}

}  // namespace
}  // namespace maskwright::train
