#include "ui/model/shown_mask.h"

#include <gtest/gtest.h>

#include "core/image/run_ops.h"
#include "core/project/mask.h"

namespace maskwright::ui {
namespace {

Runs rectangle(int left, int top, int right, int bottom) {
    Mask mask(40, 30);
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            mask.at(x, y) = 255;
        }
    }
    return runsFromMask(mask);
}
project::RunsPtr shared(Runs runs) { return std::make_shared<const Runs>(std::move(runs)); }

// 0.8 in the left half.
std::shared_ptr<const HeatPyramid> half() {
    auto map = std::make_shared<Heatmap>(40, 30, 0.1f);
    for (int y = 0; y < 30; ++y) {
        std::fill_n(&map->at(0, y), 20, 0.8f);
    }
    return makePyramid(std::move(map));
}

TEST(ShownMask, IsTheMapWhereNoHandHasBeen) {
    const auto found = half();
    const ShownMask plain{found};
    EXPECT_EQ(plain.heatmap(0.5), found->full) << "no copy";
    EXPECT_EQ(plain.runs(0.5), rectangle(0, 0, 20, 30));
    EXPECT_TRUE(isEmpty(plain.runs(0.9)));
    EXPECT_TRUE(ShownMask{}.empty());
    EXPECT_TRUE((ShownMask{nullptr, nullptr, {shared(rectangle(0, 0, 2, 2)), nullptr}}.empty())) << "not known yet";
}

TEST(ShownMask, TheCorrectionLiesOverWhateverThreshold) {
    const ShownMask mask{half(), nullptr, {shared(rectangle(30, 0, 35, 30)), shared(rectangle(0, 0, 5, 30))}};
    for (const double threshold : {0.05, 0.5, 0.95}) {
        const Runs runs = mask.runs(threshold);
        EXPECT_EQ(runs, project::corrected(ShownMask{mask.map}.runs(threshold), mask.correction));
        EXPECT_TRUE(holds(runs, 32, 7));
        EXPECT_FALSE(holds(runs, 3, 7));
        EXPECT_EQ(runsAbove(*mask.heatmap(0.5), threshold), runs);
    }
    EXPECT_EQ(mask.at(32, 7), 1.0f);
    EXPECT_EQ(mask.at(3, 7), 0.0f);
    EXPECT_EQ(mask.at(10, 7), 0.8f);
}

TEST(ShownMask, ARivalTakesItsPixelsBeforeTheCorrection) {
    ShownMask mask{half(), nullptr, {shared(rectangle(0, 0, 2, 30)), nullptr}};
    mask.rivals = {{nullptr, shared(rectangle(0, 0, 10, 30))}, {half(), nullptr, 0.5, false}};
    const Runs left = united(rectangle(10, 0, 20, 30), rectangle(0, 0, 2, 30));
    EXPECT_EQ(mask.runs(0.3), left) << "the second is as sure, and comes after";
    EXPECT_EQ(runsAbove(*mask.heatmap(0.3), 0.3), left);
    EXPECT_FLOAT_EQ(mask.heatmap(0.3)->at(5, 5), 0.3f) << "as in a file of probabilities of `run`";
    mask.rivals[1].first = true;
    EXPECT_EQ(mask.runs(0.3), rectangle(0, 0, 2, 30));
    EXPECT_FLOAT_EQ(mask.at(15, 5), 0.8f);
}

TEST(ShownMask, AnObjectNeedsNoMap) {
    const ShownMask mask{nullptr, shared(rectangle(10, 10, 20, 20)), {shared(rectangle(20, 10, 25, 20)), nullptr}};
    EXPECT_FALSE(mask.empty());
    EXPECT_EQ(mask.size(), QSize(40, 30));
    EXPECT_EQ(mask.runs(0.5), rectangle(10, 10, 25, 20));
    EXPECT_EQ(runsAbove(*mask.heatmap(0.5), 0.99), rectangle(10, 10, 25, 20));
    EXPECT_EQ(mask.at(12, 12), 1.0f);
    EXPECT_EQ(mask.at(22, 12), 1.0f);
    EXPECT_EQ(mask.at(9, 12), 0.0f);
}

TEST(Holds, KnowsTheEndsOfRuns) {
    const Runs runs = rectangle(3, 4, 6, 30);
    EXPECT_TRUE(holds(runs, 3, 4));
    EXPECT_TRUE(holds(runs, 5, 29));
    EXPECT_FALSE(holds(runs, 3, 3));
    EXPECT_FALSE(holds(runs, 6, 4));
    EXPECT_FALSE(holds(runs, 39, 29));
}

}  // namespace
}  // namespace maskwright::ui
