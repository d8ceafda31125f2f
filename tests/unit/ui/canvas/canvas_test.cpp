#include "ui/canvas/canvas.h"

#include <gtest/gtest.h>

#include "ui/model/overlay_state.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 400, kHeight = 300;

std::shared_ptr<const HeatPyramid> slope(int width, int height) {
    auto map = std::make_shared<Heatmap>(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            map->at(x, y) = float(x + y) / float(width + height);
        }
    }
    return makePyramid(map);
}

void prepare(Canvas& canvas) {
    canvas.resize(kWidth, kHeight);
    canvas.setPicture(makePyramid(Image(600, 500)));
    canvas.setMap(slope(600, 500));
}

QImage drawn(Canvas& canvas) {
    QImage image(kWidth, kHeight, QImage::Format_RGB32);
    canvas.render(&image);
    return image;
}

output::Appearance at(double threshold, double opacity) {
    output::Appearance appearance = screenAppearance();
    appearance.threshold = threshold;
    appearance.opacity = opacity;
    return appearance;
}

// A frame keeps of the one before it what has not changed.
TEST(Canvas, WhatMovesIsDrawnAsOnAFreshCanvas) {
    Canvas used;
    prepare(used);
    QImage before;
    const auto expectAsFresh = [&](double threshold, double opacity, double zoom) {
        Canvas fresh;
        prepare(fresh);
        for (Canvas* canvas : {&used, &fresh}) {
            canvas->setOverlay(at(threshold, opacity));
            if (zoom > 0) {
                canvas->zoomTo(zoom);
            }
        }
        const QImage shown = drawn(used);
        EXPECT_EQ(shown, drawn(fresh)) << threshold << " " << opacity << " " << zoom;
        EXPECT_NE(shown, before);
        before = shown;
    };
    for (const double threshold : {0.3, 0.4, 0.5, 0.9}) {
        expectAsFresh(threshold, 0.5, 0);
    }
    expectAsFresh(0.9, 0.2, 0);
    for (const double threshold : {0.3, 0.4, 0.5}) {
        expectAsFresh(threshold, 0.2, 1.5);
    }
    expectAsFresh(0.5, 0, 1.5);
    expectAsFresh(0.5, 0.7, 1.5);
}

TEST(Canvas, LeftOfTheSplitThePictureIsAlone) {
    Canvas canvas;
    prepare(canvas);
    canvas.setOverlay(at(0.1, 1));
    for (const MaskView view :
         {MaskView::tint, MaskView::outline, MaskView::spotlight, MaskView::mask, MaskView::cutout, MaskView::heat}) {
        canvas.setMaskView(view);
        canvas.setOverlayVisible(false);
        canvas.setSplit({});
        const QImage bare = drawn(canvas);
        canvas.setOverlayVisible(true);
        const QImage all = drawn(canvas);
        EXPECT_NE(all, bare);
        canvas.setSplit(0.5);
        const QImage half = drawn(canvas);
        const QRect left(0, 0, kWidth / 2, kHeight), right(kWidth / 2, 0, kWidth / 2, kHeight);
        EXPECT_EQ(half.copy(left), bare.copy(left)) << int(view);
        EXPECT_EQ(half.copy(right), all.copy(right)) << int(view);
    }
}

TEST(Canvas, CentresWhereItIsTold) {
    Canvas canvas;
    prepare(canvas);
    canvas.zoomTo(4);
    canvas.centreOn({300, 200});
    const QPointF middle = canvas.view().toPicture(QPointF(kWidth, kHeight) / 2 * canvas.devicePixelRatioF());
    EXPECT_NEAR(middle.x(), 300, 0.01);
    EXPECT_NEAR(middle.y(), 200, 0.01);
}

}  // namespace
}  // namespace maskwright::ui
