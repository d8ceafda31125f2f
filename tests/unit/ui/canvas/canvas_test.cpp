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

}  // namespace
}  // namespace maskwright::ui
