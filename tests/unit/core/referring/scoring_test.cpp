#include "core/referring/scoring.h"

#include <gtest/gtest.h>

#include <cmath>

namespace maskwright::referring {
namespace {

Compared example(Normalisation normalisation) {
    return {{2, 2, {3, 0, 0, 2}}, {2, 2, {0, 1, 4, 0}}, {1, 2, {1, 0}}, {1, 2, {0, 1}}, 10, normalisation};
}

TEST(Scoring, MixturesAreBroughtToUnitLength) {
    const Compared compared = example(Normalisation::mixtures);
    // Global alone with the sentence alone: cosines.
    EXPECT_EQ(scores(compared, {1, 1}), (std::vector<float>{10, 0}));
    EXPECT_EQ(scores(compared, {0, 1}), (std::vector<float>{0, 10}));
    EXPECT_EQ(scores(compared, {0, 0}), (std::vector<float>{10, 0}));
    // (1.5, 0.5) and (2, 1) with (0.5, 0.5).
    const std::vector<float> both = scores(compared, {0.5, 0.5});
    EXPECT_NEAR(both[0], 10 * 2 / std::sqrt(2.5 * 2), 1e-5);
    EXPECT_NEAR(both[1], 10 * 3 / std::sqrt(5.0 * 2), 1e-5);
}

TEST(Scoring, PartsAreMixedAsTheyAre) {
    const std::vector<float> both = scores(example(Normalisation::parts), {0.5, 0.5});
    EXPECT_NEAR(both[0], 10 * (1.5 * 0.5 + 0.5 * 0.5), 1e-5);
    EXPECT_NEAR(both[1], 10 * (2 * 0.5 + 1 * 0.5), 1e-5);
}

TEST(Scoring, APartIsACosine) {
    const Parts shown = parts(example(Normalisation::parts));
    EXPECT_EQ(shown.globalSentence, (std::vector<float>{10, 0}));
    EXPECT_EQ(shown.globalNounPhrase, (std::vector<float>{0, 10}));
    EXPECT_EQ(shown.localSentence, (std::vector<float>{0, 10}));
    EXPECT_EQ(shown.localNounPhrase, (std::vector<float>{10, 0}));
}

TEST(Scoring, NothingHasNoLikeness) {
    Compared compared = example(Normalisation::mixtures);
    compared.global.values = {0, 0, 0, 0};
    EXPECT_EQ(scores(compared, {1, 1}), (std::vector<float>{0, 0}));
    compared.global = compared.local = {0, 2, {}};
    EXPECT_TRUE(scores(compared, {1, 1}).empty());
}

}  // namespace
}  // namespace maskwright::referring
