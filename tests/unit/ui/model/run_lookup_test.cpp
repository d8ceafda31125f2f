#include "ui/model/run_lookup.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

TEST(RunLookup, SaysOfEveryPixelWhatTheMaskSays) {
    Mask mask(7, 5);
    for (const auto& [x, y] : std::vector<std::pair<int, int>>{{0, 0}, {0, 4}, {1, 0}, {3, 2}, {3, 3}, {6, 4}}) {
        mask.at(x, y) = 255;
    }
    const RunLookup lookup(runsFromMask(mask));
    for (int y = 0; y < mask.height; ++y) {
        for (int x = 0; x < mask.width; ++x) {
            EXPECT_EQ(lookup.contains(x, y), mask.at(x, y) != 0) << x << ", " << y;
        }
    }
    EXPECT_FALSE(lookup.contains(-1, 0));
    EXPECT_FALSE(lookup.contains(0, -1));
    EXPECT_FALSE(lookup.contains(7, 0));
    EXPECT_FALSE(lookup.contains(0, 5)) << "the next column's first pixel is inside";
    EXPECT_FALSE(RunLookup().contains(0, 0));
}

}  // namespace
}  // namespace maskwright::ui
