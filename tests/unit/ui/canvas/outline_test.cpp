#include "ui/canvas/outline.h"

#include <gtest/gtest.h>

#include "core/image/refine.h"

namespace maskwright::ui {
namespace {

Mask rectangle(int width, int height, const Box& inside) {
    Mask mask(width, height);
    for (int y = inside.y; y < inside.y + inside.height; ++y) {
        for (int x = inside.x; x < inside.x + inside.width; ++x) {
            mask.at(x, y) = 255;
        }
    }
    return mask;
}

QPainterPath borderOf(const Mask& mask) { return outlineOf(runsFromMask(mask), boundingBox(mask)); }

TEST(Outline, GoesRoundAndIsClosed) {
    const QPainterPath path = borderOf(rectangle(40, 30, {10, 5, 20, 8}));
    EXPECT_EQ(path.boundingRect(), QRectF(10, 5, 20, 8));
    EXPECT_TRUE(path.contains(QPointF(20, 9)));
    EXPECT_FALSE(path.contains(QPointF(9, 9)));
    EXPECT_FALSE(path.contains(QPointF(20, 14)));
    EXPECT_EQ(path.toSubpathPolygons().size(), 1);
    EXPECT_TRUE(path.toSubpathPolygons().front().isClosed());
}

TEST(Outline, HolesAndSeveralPiecesHaveLinesOfTheirOwn) {
    Mask ring = rectangle(40, 30, {4, 4, 20, 20});
    for (int y = 10; y < 16; ++y) {
        for (int x = 10; x < 16; ++x) {
            ring.at(x, y) = 0;
        }
    }
    ring.at(30, 8) = 255;
    const QPainterPath path = borderOf(ring);
    EXPECT_EQ(path.toSubpathPolygons().size(), 3);
    EXPECT_TRUE(path.contains(QPointF(6, 6)));
    EXPECT_FALSE(path.contains(QPointF(13, 13))) << "the hole";
    EXPECT_TRUE(path.contains(QPointF(30.5, 8.5)));
}

TEST(Outline, PixelsThatTouchAtACornerAreTwoThings) {
    Mask two(6, 6);
    two.at(2, 2) = two.at(3, 3) = 255;
    EXPECT_EQ(borderOf(two).toSubpathPolygons().size(), 2);
    two = Mask(6, 6);
    two.at(3, 2) = two.at(2, 3) = 255;
    EXPECT_EQ(borderOf(two).toSubpathPolygons().size(), 2);
}

TEST(Outline, OfALargeRegionIsCoarseAndInItsBox) {
    const Box box{300, 100, 3001, 1999};
    const QPainterPath path = borderOf(rectangle(4000, 2200, box));
    EXPECT_LT(path.elementCount(), 1000);
    EXPECT_EQ(path.boundingRect(), QRectF(box.x, box.y, box.width, box.height));
}

TEST(Outline, OfNothingIsNothing) { EXPECT_TRUE(outlineOf(Runs{5, 5, {25}}, {}).isEmpty()); }

}  // namespace
}  // namespace maskwright::ui
