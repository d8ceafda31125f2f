#include "ui/canvas/view_transform.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

void expectNear(QPointF a, QPointF b) {
    EXPECT_NEAR(a.x(), b.x(), 1e-9);
    EXPECT_NEAR(a.y(), b.y(), 1e-9);
}

TEST(ViewTransform, FitsTheWholePictureInTheMiddle) {
    const ViewTransform view = fitted({1000, 600}, {4000, 1000}, 10);
    EXPECT_DOUBLE_EQ(view.scale, 0.245);
    expectNear(view.toView({2000, 500}), {500, 300});
    EXPECT_DOUBLE_EQ(fitted({1000, 1000}, {10, 10}, 0, 8).scale, 8);
    EXPECT_DOUBLE_EQ(fitted({}, {10, 10}, 0).scale, 1);
}

TEST(ViewTransform, ZoomKeepsThePointUnderTheCursor) {
    const ViewTransform start{0.5, {30, 40}};
    const QPointF cursor(200, 100), under = start.toPicture(cursor);
    for (double factor : {1.2, 0.3, 5.0, 1e6, 1e-6}) {
        const ViewTransform zoomed = zoomedAt(start, cursor, factor);
        expectNear(zoomed.toPicture(cursor), under);
        EXPECT_GE(zoomed.scale, kMinScale);
        EXPECT_LE(zoomed.scale, kMaxScale);
    }
    const ViewTransform back = zoomedAt(zoomedAt(start, cursor, 1.2), cursor, 1 / 1.2);
    EXPECT_NEAR(back.scale, start.scale, 1e-12);
    expectNear(back.offset, start.offset);
}

TEST(ViewTransform, OwnSizeIsOnePixelAPixel) {
    const ViewTransform view = zoomedTo({0.25, {0, 0}}, {800, 600}, 1);
    EXPECT_DOUBLE_EQ(view.scale, 1);
    expectNear(view.toPicture({400, 300}), {1600, 1200});
}

TEST(ViewTransform, ThePictureCannotBeLost) {
    const QSizeF view(800, 600), picture(1000, 1000);
    // Smaller than the view: in its middle, wherever it was dragged.
    expectNear(kept({0.1, {5000, -5000}}, view, picture).toView({500, 500}), {400, 300});
    // Larger: part of it stays under the view's middle.
    const ViewTransform far = kept({2, {5000, -50000}}, view, picture);
    EXPECT_DOUBLE_EQ(far.offset.x(), 400);
    EXPECT_DOUBLE_EQ(far.offset.y(), 300 - 2000);
}

}  // namespace
}  // namespace maskwright::ui
