#include "core/image/lines_chart.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace maskwright {
namespace {

using Colour = std::array<std::uint8_t, 3>;
constexpr Colour kFirst = {0, 114, 178}, kSecond = {213, 94, 0};

// The rows of the panel's field (below the legend) in which the colour is, first and last, between two columns.
std::pair<int, int> rowsOf(const Image& image, const Colour& colour, int left, int right) {
    int first = -1, last = -1;
    for (int y = 58; y < image.height; ++y) {
        for (int x = left; x < right; ++x) {
            if (std::equal(colour.begin(), colour.end(), image.at(x, y))) {
                first = first < 0 ? y : first;
                last = y;
            }
        }
    }
    return {first, last};
}

TEST(LinesChart, AFactorIsTheSameDistanceEverywhere) {
    const LinesChart chart{"t", "x", "y", {{"a", {{1, 1}, {10, 10}, {100, 100}}}, {"b", {{1, 10}, {100, 1000}}}}};
    const Image image = linesCharts(std::span(&chart, 1));
    ASSERT_EQ(image.width, 560);
    ASSERT_EQ(image.height, 360);
    // From left to right both rise, and the second lies above the first by the same everywhere.
    const auto begin = rowsOf(image, kFirst, 80, 100), middle = rowsOf(image, kFirst, 290, 310),
               end = rowsOf(image, kFirst, 500, 520);
    EXPECT_GT(begin.second, middle.second);
    EXPECT_GT(middle.second, end.second);
    const int gapAtBegin = begin.second - rowsOf(image, kSecond, 80, 100).second,
              gapAtEnd = end.second - rowsOf(image, kSecond, 500, 520).second;
    EXPECT_GT(gapAtBegin, 40);
    EXPECT_NEAR(gapAtBegin, gapAtEnd, 2);
}

TEST(LinesChart, WhatHasNoLogarithmIsLeftOut) {
    const double nan = std::numeric_limits<double>::quiet_NaN(), infinite = std::numeric_limits<double>::infinity();
    const LinesChart good{"t", "x", "y", {{"a", {{1, 5}, {2, 7}}}}};
    const LinesChart odd{"t", "x", "y", {{"a", {{0, 3}, {1, 5}, {1.5, nan}, {1.6, -1}, {1.7, infinite}, {2, 7}}}}};
    EXPECT_EQ(linesCharts(std::span(&good, 1)), linesCharts(std::span(&odd, 1)));
    const LinesChart empty{"t", "x", "y", {{"a", {}}, {"b", {{nan, nan}}}}};
    EXPECT_FALSE(linesCharts(std::span(&empty, 1)).empty());
    const LinesChart one{"t", "x", "y", {{"a", {{3, 3}}}}};
    EXPECT_GE(rowsOf(linesCharts(std::span(&one, 1)), kFirst, 64, 540).first, 0);
}

TEST(LinesChart, PanelsStandTwoInARow) {
    const std::vector<LinesChart> three(3, LinesChart{"t", "x", "y", {{"a", {{1, 1}, {2, 2}}}}});
    const Image image = linesCharts(three);
    EXPECT_EQ(image.width, 2 * 560);
    EXPECT_EQ(image.height, 2 * 360);
    EXPECT_TRUE(linesCharts({}).empty());
}

}  // namespace
}  // namespace maskwright
