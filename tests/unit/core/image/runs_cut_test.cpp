#include "core/image/runs_cut.h"

#include <gtest/gtest.h>

#include "core/image/antialias.h"
#include "core/image/refine.h"

namespace maskwright {
namespace {

// Two parts, one with a hole, of a picture of 23 x 17.
Mask drawn() {
    Mask mask(23, 17);
    for (int y = 2; y < 15; ++y) {
        for (int x = 3; x < 12; ++x) {
            mask.at(x, y) = x == 7 && y > 4 && y < 9 ? 0 : 255;
        }
    }
    mask.at(20, 16) = mask.at(20, 15) = 255;
    return mask;
}

TEST(RunsCut, TheBoxIsThatOfTheMask) {
    EXPECT_EQ(boundingBox(runsFromMask(drawn())), boundingBox(drawn()));
    EXPECT_TRUE(boundingBox(runsFromMask(Mask(5, 4))).empty());
    EXPECT_EQ(boundingBox(runsFromMask(Mask(5, 4, 255))), (Box{0, 0, 5, 4}));
    Mask one(5, 4);
    one.at(4, 2) = 255;
    EXPECT_EQ(boundingBox(runsFromMask(one)), (Box{4, 2, 1, 1}));
}

TEST(RunsCut, ACutOutIsThatPartOfTheMask) {
    const Mask mask = drawn();
    const Runs runs = runsFromMask(mask);
    for (const Box& box : {Box{0, 0, 23, 17}, Box{5, 3, 9, 8}, Box{22, 16, 1, 1}, Box{19, 10, 4, 7}}) {
        for (const int step : {1, 2, 3, 8, 64}) {
            const Mask cut = cutOut(runs, box, step);
            ASSERT_EQ(cut.width, (box.width + step - 1) / step);
            ASSERT_EQ(cut.height, (box.height + step - 1) / step);
            for (int y = 0; y < cut.height; ++y) {
                for (int x = 0; x < cut.width; ++x) {
                    const int fromX = box.x + std::min(x * step + step / 2, box.width - 1),
                              fromY = box.y + std::min(y * step + step / 2, box.height - 1);
                    ASSERT_EQ(cut.at(x, y), mask.at(fromX, fromY)) << x << " " << y << " by " << step;
                }
            }
        }
    }
    EXPECT_TRUE(cutOut(runs, {}).empty());
}

TEST(RunsCut, ResizedAsTheMask) {
    for (const Mask& mask : {drawn(), Mask(23, 17), Mask(23, 17, 255)}) {
        for (const auto& [width, height] : {std::pair(7, 5), {23, 17}, {40, 3}, {1, 1}}) {
            EXPECT_EQ(resizeAntialiased(runsFromMask(mask), width, height).pixels,
                      resizeAntialiased(mask, width, height).pixels);
        }
    }
}

}  // namespace
}  // namespace maskwright
