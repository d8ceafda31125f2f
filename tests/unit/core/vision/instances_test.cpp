#include "core/vision/instances.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "tests/support/tensors.h"

namespace maskwright::vision {
namespace {

constexpr std::int64_t kNames = 2;

// A row of a detector with two names and one coefficient.
std::vector<float> row(float x, float y, float width, float height, float objectness, float first, float second,
                       float coefficient) {
    return {x, y, width, height, objectness, first, second, coefficient};
}

at::Tensor rows(const std::vector<std::vector<float>>& all) {
    std::vector<at::Tensor> each;
    for (const auto& one : all) {
        each.push_back(at::tensor(one));
    }
    return at::stack(each).unsqueeze(0);
}

TEST(Instances, ABoxHidesTheLessSureOfItsNameThatOverlapByMoreThanHalf) {
    const at::Tensor decoded = rows({row(20, 20, 20, 20, 1.f, 0.5f, 0.1f, 1),     // the second surest
                                     row(22, 20, 20, 20, 1.f, 0.8f, 0.1f, 2),     // overlaps it by 18 / 22
                                     row(22, 20, 20, 20, 1.f, 0.1f, 0.4f, 3),     // there too, of the other name
                                     row(30, 20, 20, 20, 0.5f, 0.9f, 0.1f, 4),    // overlaps the surest by 12 / 28
                                     row(90, 90, 10, 10, 0.1f, 0.1f, 0.05f, 5)})  // 0.01: too unsure
                                   .repeat({2, 1, 1});
    const std::vector<Instances> found = instances(decoded, kNames, {});
    ASSERT_EQ(found.size(), 2u);
    for (const Instances& of : found) {
        EXPECT_LT(test::largestDifference(of.scores, at::tensor({0.8f, 0.45f, 0.4f})), 1e-6);
        EXPECT_EQ(of.names, (std::vector<std::int64_t>{0, 0, 1}));
        EXPECT_TRUE(at::equal(of.coefficients, at::tensor({2.f, 4.f, 3.f}).view({3, 1})));
        EXPECT_TRUE(at::equal(of.boxes[0], at::tensor({12.f, 10.f, 32.f, 30.f})));
    }
}

TEST(Instances, AtMostSoManyTheSurestFirst) {
    Suppression two;
    two.most = 2;
    const at::Tensor decoded =
        rows({row(10, 10, 4, 4, 1, 0.3f, 0, 1), row(30, 10, 4, 4, 1, 0.5f, 0, 2), row(50, 10, 4, 4, 1, 0.4f, 0, 3)});
    const Instances found = instances(decoded, kNames, two)[0];
    EXPECT_TRUE(at::equal(found.coefficients.view({-1}), at::tensor({2.f, 3.f})));
}

TEST(Instances, ALesserBoxHidesOnlyWhereItStaysItself) {
    // The middle one is hidden by the first and so cannot hide the last.
    const at::Tensor decoded = rows(
        {row(20, 20, 20, 20, 1, 0.9f, 0, 1), row(26, 20, 20, 20, 1, 0.8f, 0, 2), row(32, 20, 20, 20, 1, 0.7f, 0, 3)});
    const Instances found = instances(decoded, kNames, {})[0];
    EXPECT_TRUE(at::equal(found.coefficients.view({-1}), at::tensor({1.f, 3.f})));
}

// One coefficient times one prototype of 4 x 4 positions, 16 pixels in all.
class OneInstance : public testing::Test {
  protected:
    OneInstance() {
        of_.boxes = at::tensor({4.f, 0.f, 12.f, 16.f}).view({1, 4});  // columns 1 and 2
        of_.scores = at::tensor({0.5f});
        of_.names = {1};
        of_.coefficients = at::tensor({1.f}).view({1, 1});
        prototype_ = at::zeros({1, 4, 4});
        prototype_[0][0] = 100;                          // certain
        prototype_[0][1] = -100;                         // certainly not
        prototype_[0][2] = std::log(0.5 / (1 - 0.5));    // 0.5
        prototype_[0][3] = std::log(0.45 / (1 - 0.45));  // 0.45
    }
    Instances of_;
    at::Tensor prototype_;  // [1, 4, 4]
};

TEST_F(OneInstance, ItsSoftMaskEndsAtItsBox) {
    const at::Tensor mask = softMasks(of_, prototype_, 4);
    const at::Tensor wanted = at::tensor({0.f, 1.f, 1.f, 0.f, 0.f, 0.f, 0.f, 0.f,  //
                                          0.f, .5f, .5f, 0.f, 0.f, .45f, .45f, 0.f})
                                  .view({1, 4, 4});
    EXPECT_LT(test::largestDifference(mask, wanted), 1e-6);
}

TEST_F(OneInstance, ItsMaskIsCutAtTheBoxsPixels) {
    of_.boxes = at::tensor({4.5f, 0.f, 11.f, 16.f}).view({1, 4});
    const at::Tensor mask = masks(of_, prototype_, 16, 16)[0];
    EXPECT_TRUE(at::equal(mask[0], at::tensor({0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0}, at::kFloat)));
    EXPECT_EQ(mask[7].sum().item<float>(), 0);
}

TEST_F(OneInstance, EvidenceIsItsScoreTimesTheSharpenedMask) {
    const at::Tensor found = evidence({of_, of_}, at::stack({prototype_, prototype_}), kNames, 4);
    ASSERT_EQ(found.sizes().vec(), (std::vector<std::int64_t>{2, kNames, 4, 4}));
    EXPECT_EQ(found.select(1, 0).sum().item<float>(), 0);
    for (const std::int64_t picture : {0, 1}) {
        const at::Tensor column = found[picture][1].select(1, 1);
        EXPECT_LT(test::largestDifference(column, at::tensor({0.5f, 0.f, 0.25f, 0.175f})), 1e-6);
    }
}

TEST_F(OneInstance, OfTwoInstancesOfANameTheSurerCountsAtEachPlace) {
    Instances two = of_;
    two.boxes = at::tensor({4.f, 0.f, 12.f, 16.f, 0.f, 0.f, 8.f, 16.f}).view({2, 4});
    two.scores = at::tensor({0.5f, 0.25f});
    two.names = {1, 1};
    two.coefficients = at::ones({2, 1});
    const at::Tensor top = evidence({two}, prototype_.unsqueeze(0), kNames, 4)[0][1][0];
    EXPECT_LT(test::largestDifference(top, at::tensor({0.25f, 0.5f, 0.5f, 0.f})), 1e-6);
}

TEST(Evidence, OfNothingIsNothing) {
    const std::vector<Instances> none = instances(rows({row(9, 9, 4, 4, 0, 0, 0, 1)}), kNames, {});
    EXPECT_TRUE(none[0].names.empty());
    EXPECT_EQ(evidence(none, at::ones({1, 1, 4, 4}), kNames, 4).abs().sum().item<float>(), 0);
    EXPECT_EQ(masks(none[0], at::ones({1, 4, 4}), 16, 16).size(0), 0);
}

}  // namespace
}  // namespace maskwright::vision
