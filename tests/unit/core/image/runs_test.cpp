#include "core/image/runs.h"

#include <gtest/gtest.h>

namespace maskwright {
namespace {

Mask drawn(int width, int height, std::initializer_list<std::pair<int, int>> points) {
    Mask mask(width, height);
    for (const auto& [x, y] : points) {
        mask.at(x, y) = 255;
    }
    return mask;
}

TEST(Runs, GoColumnByColumnStartingOutside) {
    const Runs runs = runsFromMask(drawn(3, 2, {{0, 0}, {1, 1}, {2, 0}}));
    EXPECT_EQ(runs.counts, (std::vector<std::uint32_t>{0, 1, 2, 2, 1}));
    EXPECT_EQ(runs.area(), 3);
    EXPECT_EQ(toMask(runs), drawn(3, 2, {{0, 0}, {1, 1}, {2, 0}}));
}

TEST(Runs, CompressedTextComesBack) {
    Mask mask(300, 211);
    for (int y = 0; y < mask.height; ++y) {
        for (int x = 0; x < mask.width; ++x) {
            mask.at(x, y) = (x * x + y * y) % 977 < 300 ? 255 : 0;
        }
    }
    const Runs runs = runsFromMask(mask);
    const auto back = runsFromCompressed(toCompressed(runs), mask.width, mask.height);
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(*back, runs);
}

TEST(Runs, CompressedTextOfTheFormatsReference) {
    // Worked by hand: 6 outside, 1 inside, 40 outside, 4 inside, the last two as differences (40 has two characters).
    const auto runs = runsFromCompressed("61X13", 17, 3);
    ASSERT_TRUE(runs.ok()) << runs.error().line();
    EXPECT_EQ(runs->counts, (std::vector<std::uint32_t>{6, 1, 40, 4}));
}

TEST(Runs, BadCompressedTextIsAnError) {
    EXPECT_FALSE(runsFromCompressed("6X", 4, 4).ok());              // ends within a number
    EXPECT_FALSE(runsFromCompressed("61", 4, 4).ok());              // covers too little
    EXPECT_FALSE(runsFromCompressed("6\x01", 4, 4).ok());           // a foreign character
    EXPECT_FALSE(runsFromCompressed("oooooooooooooo", 4, 4).ok());  // a number without end
    EXPECT_FALSE(runsFromCompressed("O", 4, 4).ok());               // a negative run
}

TEST(Runs, CountsMustCoverThePicture) {
    const std::vector<std::int64_t> good = {3, 2, 1}, shorter = {3, 2}, negative = {7, -1};
    EXPECT_TRUE(runsFromCounts(good, 2, 3).ok());
    EXPECT_FALSE(runsFromCounts(shorter, 2, 3).ok());
    EXPECT_FALSE(runsFromCounts(negative, 2, 3).ok());
}

TEST(Runs, APolygonHoldsThePixelsWhoseCentreItHolds) {
    const std::vector<std::vector<double>> square = {{1, 1, 3, 1, 3, 4, 1, 4}};
    const auto runs = runsFromPolygons(square, 5, 5);
    ASSERT_TRUE(runs.ok());
    EXPECT_EQ(runs->area(), 6);
    const Mask mask = toMask(*runs);
    EXPECT_EQ(mask.at(1, 1), 255);
    EXPECT_EQ(mask.at(2, 3), 255);
    EXPECT_EQ(mask.at(3, 1), 0);
    EXPECT_EQ(mask.at(0, 0), 0);
}

// Only the pixels round a polygon are looked at: the same as a look at every pixel, wherever it lies.
TEST(Runs, APolygonIsTheSameWhereverItLies) {
    const int width = 90, height = 70;  // more columns than are read at a time
    for (const auto& [x, y] :
         {std::pair(3.3, 2.7), {81.2, 61.9}, {-6.5, 30.0}, {40.1, -9.2}, {85.0, 66.0}, {95.0, 10.0}}) {
        const std::vector<std::vector<double>> star = {
            {x, y + 4, x + 11.3, y + 5.1, x + 1.7, y + 11.9, x + 5.2, y - 0.4, x + 9.4, y + 12.6}};
        const auto runs = runsFromPolygons(star, width, height);
        ASSERT_TRUE(runs.ok());
        Mask expected(width, height);
        for (int row = 0; row < height; ++row) {
            for (int column = 0; column < width; ++column) {
                bool inside = false;
                for (std::size_t i = 0, n = star[0].size() / 2; i < n; ++i) {
                    const double *a = &star[0][2 * i], *b = &star[0][2 * ((i + 1) % n)];
                    const double at = row + 0.5;
                    if ((a[1] <= at) != (b[1] <= at)) {
                        inside = inside != (a[0] + (at - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) <= column + 0.5);
                    }
                }
                expected.at(column, row) = inside ? 255 : 0;
            }
        }
        EXPECT_EQ(*runs, runsFromMask(expected)) << x << " " << y;
    }
}

TEST(Runs, PolygonsAreUnitedAndCutAtTheEdge) {
    const std::vector<std::vector<double>> two = {{-5, -5, 2, -5, 2, 2, -5, 2}, {1, 1, 9, 1, 9, 9, 1, 9}};
    const auto runs = runsFromPolygons(two, 4, 4);
    ASSERT_TRUE(runs.ok());
    EXPECT_EQ(runs->area(), 4 + 9 - 1);
}

TEST(Runs, BadPolygonsAreErrors) {
    const std::vector<std::vector<double>> odd = {{0, 0, 1, 1, 2}}, few = {{0, 0, 1, 1}},
                                           wild = {{0, 0, 1, 1e300, 2, 2}};
    EXPECT_FALSE(runsFromPolygons(odd, 4, 4).ok());
    EXPECT_FALSE(runsFromPolygons(few, 4, 4).ok());
    EXPECT_FALSE(runsFromPolygons(wild, 4, 4).ok());
}

}  // namespace
}  // namespace maskwright
