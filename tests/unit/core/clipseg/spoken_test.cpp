#include "core/clipseg/spoken.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/tensors.h"

namespace maskwright::clipseg {
namespace {

// Two pictures of two positions, three names.
at::Tensor evidence() {
    return at::tensor({0.9f, 0.0f, 0.4f, 0.8f, 0.0f, 0.0f,   // picture 0: names 0, 1, 2
                       0.0f, 0.2f, 0.0f, 0.0f, 0.6f, 0.5f})  // picture 1
        .reshape({2, 3, 1, 2});
}
at::Tensor of(std::vector<std::int64_t> pictures) { return at::tensor(pictures, at::kLong); }

TEST(Spoken, EvidenceIsTheSumOfWhatIsMeantAndAtMostOne) {
    const at::Tensor a = at::tensor({1.0f, 0.5f, 0.0f, 0.0f, 0.0f, 1.0f, 1.0f, 0.0f, 0.5f}).reshape({3, 3});
    const at::Tensor found = evidenceFor(evidence(), a, of({0, 1, 1}));
    const at::Tensor expected = at::tensor({1.0f, 0.4f, 0.6f, 0.5f, 0.3f, 0.45f}).reshape({3, 1, 2});
    EXPECT_LT(test::relativeDifference(found, expected), test::kRounding);
}

TEST(Spoken, WhatStandsAgainstIsTheSurestOfTheOthers) {
    const at::Tensor a = at::tensor({1.0f, 0.49f, 0.0f, 0.6f, 0.7f, 1.0f}).reshape({2, 3});
    const at::Tensor found = evidenceAgainst(evidence(), a, of({0, 1}));
    // 0.49 is not meant yet; of the second nothing is left that it does not mean.
    EXPECT_LT(test::largestDifference(found, at::tensor({0.4f, 0.8f, 0.0f, 0.0f}).reshape({2, 1, 2})), 1e-6);
}

TEST(Spoken, APictureInWhichNothingWasFoundSaysNothing) {
    const at::Tensor none = at::zeros({1, 3, 2, 2}), a = at::ones({2, 3});
    EXPECT_EQ(evidenceFor(none, a, of({0, 0})).abs().max().item<float>(), 0);
    EXPECT_EQ(evidenceAgainst(none, a, of({0, 0})).sizes(), at::IntArrayRef({2, 2, 2}));
}

TEST(Spoken, TheMarginLeavesOutTheNamesThatAreMeant) {
    const at::Tensor names = at::tensor({0.7f, 0.1f, 0.3f, 0.2f}).reshape({1, 2, 2});  // names 0, 1 at two positions
    const at::Tensor cosine = at::tensor({0.6f, 0.5f, 0.6f, 0.5f}).reshape({2, 2});
    const at::Tensor a = at::tensor({0.9f, 0.1f, 0.0f, 0.0f}).reshape({2, 2});
    const at::Tensor expected = at::tensor({0.3f, 0.3f, -0.1f, 0.3f}).reshape({2, 2});
    EXPECT_LT(test::relativeDifference(margin(cosine, names, a, of({0, 0})), expected), test::kRounding);
}

TEST(Spoken, AClassOfTwoPercentSaysNothing) {
    const at::Tensor classes = at::tensor({0.019f, 0.5f, 0.3f, 0.1f}).reshape({1, 2, 2});  // classes 0, 1
    const at::Tensor a = at::tensor({1.0f, 0.0f, 0.0f, 1.0f, 0.0f, 0.0f}).reshape({3, 2});
    const at::Tensor found = classesFor(classes, a, of({0, 0, 0}));
    const at::Tensor expected = at::tensor({0.0, std::log(0.501 / 0.02), std::log(0.301 / 0.02), std::log(0.101 / 0.02),
                                            std::log(0.05), std::log(0.05)},
                                           at::kFloat)
                                    .reshape({3, 2});
    EXPECT_LT(test::relativeDifference(found, expected), test::kRounding);
}

}  // namespace
}  // namespace maskwright::clipseg
