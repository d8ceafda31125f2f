#include "ui/model/mark_colours.h"

#include <gtest/gtest.h>

#include <set>

#include "ui/model/document.h"

namespace maskwright::ui {
namespace {

TEST(MarkColours, AreToldFromEveryMasksColourAndFromEachOther) {
    for (const output::Colour mask : kOverlayColours) {
        std::set<output::Colour> seen;
        for (std::size_t i = 0; i < 3; ++i) {
            const output::Colour colour = markColour(i, false, mask);
            EXPECT_GT(colourDistance(colour, mask), 250);
            EXPECT_NE(colour, markColour(i, true, mask));
            seen.insert(colour);
        }
        EXPECT_EQ(seen.size(), 3u);
        EXPECT_GT(colourDistance(markColour(0, true, mask), mask), 250);
    }
}

TEST(MarkColours, AnyMaskLeavesOne) {
    for (int r = 0; r < 256; r += 51) {
        for (int g = 0; g < 256; g += 51) {
            for (int b = 0; b < 256; b += 51) {
                const output::Colour mask{std::uint8_t(r), std::uint8_t(g), std::uint8_t(b)};
                EXPECT_GT(colourDistance(markColour(7, false, mask), mask), 250);
            }
        }
    }
}

TEST(ColourDistance, IsThePublishedOne) {
    EXPECT_EQ(colourDistance({9, 8, 7}, {9, 8, 7}), 0);
    EXPECT_NEAR(colourDistance({0, 0, 0}, {255, 255, 255}), 764.83, 0.01);
    EXPECT_NEAR(colourDistance({0, 255, 0}, {0, 0, 0}), 510, 0.01);
}

}  // namespace
}  // namespace maskwright::ui
