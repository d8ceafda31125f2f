#include "core/image/run_parts.h"

#include <gtest/gtest.h>

#include <random>

#include "core/image/mask_ops.h"
#include "core/image/run_ops.h"

namespace maskwright {
namespace {

TEST(RunParts, APartEndsWhereNothingTouchesIt) {
    Mask mask(9, 5);
    for (const auto& [x, y] : {std::pair(1, 1), std::pair(2, 2), std::pair(2, 3), std::pair(5, 4), std::pair(6, 0)}) {
        mask.at(x, y) = 255;
    }
    const Runs runs = runsFromMask(mask);
    EXPECT_EQ(partAt(runs, 1, 1).area(), 3) << "a corner holds";
    EXPECT_EQ(partAt(runs, 2, 3), partAt(runs, 1, 1));
    EXPECT_EQ(partAt(runs, 5, 4).area(), 1) << "the foot of a column is not the head of the next";
    EXPECT_EQ(partAt(runs, 0, 0), noPixel(9, 5));
    EXPECT_EQ(partAt(runs, -1, 7), noPixel(9, 5));
    EXPECT_EQ(partAt(noPixel(9, 5), 3, 3), noPixel(9, 5));
    const Runs all = inverted(noPixel(9, 5));
    EXPECT_EQ(partAt(all, 8, 4), all);
}

// Taken one after the other the parts are the whole, and the largest is largestPart()'s.
TEST(RunParts, AllPartsTogetherAreTheMask) {
    std::mt19937 random(5);
    Mask mask(61, 47);
    for (auto& pixel : mask.pixels) {
        pixel = random() % 100 < 38 ? 255 : 0;
    }
    const Runs runs = runsFromMask(mask);
    Runs rest = runs, seen = noPixel(61, 47);
    std::int64_t largest = 0;
    int parts = 0;
    for (int x = 0; x < 61; ++x) {
        for (int y = 0; y < 47; ++y) {
            const Runs part = partAt(rest, x, y);
            if (!isEmpty(part)) {
                EXPECT_FALSE(meet(part, seen));
                EXPECT_EQ(partAt(runs, x, y), part);
                seen = united(seen, part);
                rest = without(rest, part);
                largest = std::max(largest, part.area());
                ++parts;
            }
        }
    }
    EXPECT_EQ(seen, runs);
    EXPECT_GT(parts, 5);
    EXPECT_EQ(runsFromMask(largestPart(mask)).area(), largest);
}

}  // namespace
}  // namespace maskwright
