#include "ui/canvas/region_shapes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ui/model/region.h"

namespace maskwright::ui {
namespace {

int area(const Mask& mask) { return int(std::count(mask.pixels.begin(), mask.pixels.end(), 255)); }

TEST(RegionShapes, ARectangleTakesEveryPixelItTouches) {
    EXPECT_EQ(area(rectangleMask(10, 8, {2, 3}, {5, 7})), 12);
    EXPECT_EQ(area(rectangleMask(10, 8, {5, 7}, {2, 3})), 12) << "in any direction";
    const Mask one = rectangleMask(10, 8, {4.2, 4.2}, {4.6, 4.7});
    EXPECT_EQ(area(one), 1);
    EXPECT_EQ(one.at(4, 4), 255);
    EXPECT_EQ(area(rectangleMask(10, 8, {-50, -50}, {50, 50})), 80);
    EXPECT_EQ(area(rectangleMask(10, 8, {-9, -9}, {-1, -1})), 0);
    EXPECT_EQ(area(rectangleMask(10, 8, {1e300, 1e300}, {-1e300, -1e300})), 80);
    EXPECT_EQ(area(rectangleMask(0, 0, {0, 0}, {1, 1})), 0);
}

TEST(RegionShapes, APolygonTakesThePixelsWhoseCentreIsInside) {
    const Mask square = polygonMask(20, 20, QPolygonF({{2, 2}, {12, 2}, {12, 12}, {2, 12}}));
    EXPECT_EQ(area(square), 100);
    EXPECT_EQ(square.at(2, 2), 255);
    EXPECT_EQ(square.at(12, 12), 0);
    EXPECT_NEAR(area(polygonMask(200, 200, QPolygonF({{0, 0}, {200, 0}, {0, 200}}))), 20000, 200);
    EXPECT_EQ(area(polygonMask(20, 20, QPolygonF({{-100, -100}, {300, -100}, {300, 300}, {-100, 300}}))), 400);
    // Rows of odd widths are not padded.
    EXPECT_EQ(area(polygonMask(7, 5, QPolygonF({{0, 0}, {7, 0}, {7, 5}, {0, 5}}))), 35);
}

TEST(RegionShapes, ASliverKeepsItsCorners) {
    const Mask sliver = polygonMask(20, 20, QPolygonF({{3.1, 3.1}, {3.2, 3.1}, {3.2, 3.2}}));
    EXPECT_EQ(area(sliver), 1);
    EXPECT_EQ(sliver.at(3, 3), 255);
    EXPECT_EQ(area(polygonMask(20, 20, {})), 0);
}

TEST(RegionShapes, AStrokeIsAsWideAsTheBrush) {
    Mask mask(100, 40);
    paintStroke(mask, {20, 20}, {80, 20}, 5, 255);
    EXPECT_NEAR(area(mask), 60 * 10 + 3.1416 * 25, 25);
    paintStroke(mask, {20, 20}, {80, 20}, 6, 0);
    EXPECT_EQ(area(mask), 0);
    paintStroke(mask, {50.5, 20.5}, {50.5, 20.5}, 0.1, 255);
    EXPECT_EQ(area(mask), 1) << "the smallest brush paints a pixel";
    paintStroke(mask, {-500, -500}, {-400, -500}, 20, 255);
    EXPECT_EQ(area(mask), 1);
}

TEST(RegionShapes, APickedPieceIsWhatHangsTogether) {
    // Two squares that touch by a corner, and one apart.
    Heatmap map(30, 12, 0.1f);
    for (int y = 0; y < 4; ++y) {
        for (int x = 0; x < 4; ++x) {
            map.at(1 + x, 1 + y) = map.at(5 + x, 5 + y) = map.at(20 + x, 2 + y) = 0.9f;
        }
    }
    EXPECT_EQ(area(pickPiece(map, 0.5, {2, 2})), 32) << "by a corner is together";
    EXPECT_EQ(area(pickPiece(map, 0.5, {21, 3})), 16);
    EXPECT_EQ(area(pickPiece(map, 0.5, {15, 8})), 0);
    EXPECT_EQ(area(pickPiece(map, 0.05, {15, 8})), 360);
    EXPECT_EQ(area(pickPiece(map, 0.5, {-1, 400})), 0);
    EXPECT_TRUE(isBlank(pickPiece(Heatmap{}, 0.5, {0, 0})));
}

TEST(RegionShapes, APieceWithHolesAndArmsIsWhole) {
    // A comb: every second column hangs on the top row.
    Heatmap map(41, 21, 0.0f);
    for (int x = 0; x < 41; ++x) {
        for (int y = 0; y < 21; ++y) {
            map.at(x, y) = y == 0 || x % 2 == 0 ? 1.0f : 0.0f;
        }
    }
    EXPECT_EQ(area(pickPiece(map, 0.5, {40, 20})), 41 + 21 * 20);
}

TEST(RegionShapes, MasksAreAddedAndTakenAway) {
    const Mask a = rectangleMask(10, 10, {0, 0}, {4, 4}), b = rectangleMask(10, 10, {2, 2}, {6, 6});
    EXPECT_EQ(area(united(a, b)), 28);
    EXPECT_EQ(area(without(a, b)), 12);
    EXPECT_TRUE(isBlank(without(a, a)));
}

}  // namespace
}  // namespace maskwright::ui
