#include "core/image/brush.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/image/run_ops.h"

namespace maskwright {
namespace {

TEST(Brush, ADotIsADisc) {
    const BrushPoint dot[] = {{20, 15}};
    const Mask mask = toMask(strokeRuns(dot, {6, 1}, BrushUse::paint, 40, 30));
    for (int y = 0; y < 30; ++y) {
        for (int x = 0; x < 40; ++x) {
            EXPECT_EQ(mask.at(x, y) != 0, std::hypot(x + 0.5 - 20, y + 0.5 - 15) <= 6) << x << " " << y;
        }
    }
}

TEST(Brush, AStrokeIsCutAtThePicture) {
    const BrushPoint way[] = {{-50, 5}, {50, 5}, {std::nan(""), 3}, {50, 5000}};
    const Runs runs = strokeRuns(way, {2, 1}, BrushUse::paint, 20, 10);
    EXPECT_EQ(runs.area(), 20 * 4);
    EXPECT_EQ(runs, runsFromMask(toMask(runs)));
    const BrushPoint away[] = {{-50, -50}};
    EXPECT_EQ(strokeRuns(away, {2, 1}, BrushUse::paint, 20, 10), noPixel(20, 10));
    EXPECT_EQ(strokeRuns({}, {2, 1}, BrushUse::paint, 20, 10), noPixel(20, 10));
    const BrushPoint corner[] = {{19.5, 9.5}};
    EXPECT_EQ(strokeRuns(corner, {0, 1}, BrushUse::erase, 20, 10).area(), 1);
}

// Left of column 20 the object is.
Heatmap halves() {
    Heatmap map(40, 30, 0.1f);
    for (int y = 0; y < 30; ++y) {
        for (int x = 0; x < 20; ++x) {
            map.at(x, y) = 0.9f;
        }
    }
    return map;
}

TEST(Brush, ASoftRimFollowsTheModel) {
    const Heatmap map = halves();
    const BrushPoint dot[] = {{20, 15}};
    const Mask painted = toMask(strokeRuns(dot, {10, 0.2}, BrushUse::paint, 40, 30, {&map, 0.5}));
    EXPECT_NE(painted.at(12, 15), 0);  // the model agrees: taken in nearly to the radius
    EXPECT_EQ(painted.at(27, 15), 0);  // it does not: only near the middle
    EXPECT_NE(painted.at(21, 15), 0);
    const Mask erased = toMask(strokeRuns(dot, {10, 0.2}, BrushUse::erase, 40, 30, {&map, 0.5}));
    EXPECT_EQ(erased.at(12, 15), 0);
    EXPECT_NE(erased.at(27, 15), 0);
    const Mask plain = toMask(strokeRuns(dot, {10, 0.2}, BrushUse::paint, 40, 30));
    EXPECT_NE(plain.at(15, 15), 0);  // weight 1/2 at 6 pixels
    EXPECT_EQ(plain.at(13, 15), 0);
}

}  // namespace
}  // namespace maskwright
