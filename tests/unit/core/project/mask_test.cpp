#include "core/project/mask.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/image/refine.h"
#include "core/image/run_ops.h"
#include "tests/unit/core/project/some_project.h"

namespace maskwright::project {
namespace {

TEST(Correction, SurvivesAnotherThreshold) {
    Heatmap map(40, 30, 0.2f);
    for (std::size_t i = 0; i < map.pixels.size() / 2; ++i) {
        map.pixels[i] = 0.6f;
    }
    const Correction correction{boxRuns(0, 20, 5, 5), boxRuns(0, 0, 4, 4)};
    for (const float cut : {0.1f, 0.5f, 0.7f}) {
        Heatmap own = map;
        correct(own, correction);
        const Mask mask = threshold(own, cut);
        EXPECT_NE(mask.at(2, 22), 0);
        EXPECT_EQ(mask.at(1, 1), 0);
        EXPECT_EQ(runsFromMask(mask), corrected(runsFromMask(threshold(map, cut)), correction));
    }
}

TEST(Competition, ThePixelIsTheSurerRows) {
    Heatmap map(4, 1), other(4, 1);
    map.pixels = {0.9f, 0.6f, 0.6f, 0.6f};
    other.pixels = {0.8f, 0.8f, 0.6f, 0.3f};
    Heatmap second = map;
    giveWay(map, 0.5f, other, 0.5, true);
    EXPECT_EQ(map.pixels, (std::vector<float>{0.9f, 0.5f, 0.5f, 0.6f}));
    giveWay(second, 0.0f, other, 0.7, false);
    EXPECT_EQ(second.pixels, (std::vector<float>{0.9f, 0.0f, 0.6f, 0.6f})) << "what the other has not is not lost";
}

// The window asks row by row, the command line all at once. Values are few, so that many are equal.
TEST(Competition, IsTheSameRowByRowAndAllAtOnce) {
    std::mt19937 random(7);
    const std::vector<double> thresholds{0.3, 0.5, 0.5, 0.7};
    std::vector<Heatmap> maps;
    for (std::size_t k = 0; k < thresholds.size(); ++k) {
        Heatmap& map = maps.emplace_back(40, 30);
        std::generate(map.pixels.begin(), map.pixels.end(), [&] { return float(random() % 11) / 10; });
    }
    Contest contest(40, 30);
    for (std::size_t k = 0; k < maps.size(); ++k) {
        contest.add(std::uint16_t(k + 1), maps[k], thresholds[k]);
    }
    const Winners winners = std::move(contest).winners();
    for (std::size_t k = 0; k < maps.size(); ++k) {
        const auto lost = float(thresholds[k]);
        Heatmap one = maps[k], all = maps[k];
        for (std::size_t other = 0; other < maps.size(); ++other) {
            if (other != k) {
                giveWay(one, lost, maps[other], thresholds[other], other < k);
            }
        }
        giveWay(all, lost, winners, std::uint16_t(k + 1));
        EXPECT_EQ(all, one) << k;
        EXPECT_NE(all, maps[k]) << k;
    }
}

TEST(Correction, TakesTheLastStroke) {
    Correction layer = painted({}, *boxRuns(0, 0, 10, 10));
    layer = erased(layer, *boxRuns(5, 0, 10, 10));
    EXPECT_EQ(*layer.added, *boxRuns(0, 0, 5, 10));
    EXPECT_EQ(*layer.removed, *boxRuns(5, 0, 10, 10));
    layer = painted(layer, *boxRuns(0, 0, 40, 30));
    EXPECT_EQ(layer, (Correction{boxRuns(0, 0, 40, 30), nullptr}));
}

TEST(Correction, TakesAWholeMaskOver) {
    const Runs model = *boxRuns(3, 3, 10, 10), wanted = *boxRuns(5, 1, 10, 10);
    const Correction first{nullptr, boxRuns(3, 3, 2, 2)};
    const Correction layer = changedTo(first, corrected(model, first), wanted);
    EXPECT_EQ(corrected(model, layer), wanted);
}

TEST(ThresholdOf, IsTheModelsTheRowsOrTheMaps) {
    Heatmap map(10, 10, 0.1f);
    std::fill_n(map.pixels.begin(), 40, 0.7f);
    EXPECT_DOUBLE_EQ(thresholdOf({Threshold::Kind::model, 0.9}, map, 0.3), 0.3);
    EXPECT_DOUBLE_EQ(thresholdOf({Threshold::Kind::value, 0.9}, map, 0.3), 0.9);
    EXPECT_NEAR(thresholdOf({Threshold::Kind::automatic, 0.9}, map, 0.3), 0.4, 0.05);
    EXPECT_EQ(runsFromMask(threshold(mapOf(*boxRuns(1, 2, 3, 4)), 0.5f)), *boxRuns(1, 2, 3, 4));
}

}  // namespace
}  // namespace maskwright::project
