#include "ui/canvas/canvas.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QMouseEvent>
#include <cstdio>
#include <ctime>
#include <functional>

#include "core/image/brush.h"
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
    canvas.setMask({slope(600, 500)});
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

TEST(Canvas, WhatIsBeingReadIsShownSmallWhereItWillBe) {
    Canvas canvas;
    canvas.resize(kWidth, kHeight);
    QImage red(60, 50, QImage::Format_RGB32);
    red.fill(Qt::red);
    canvas.setPlaceholder(red, {600, 500});
    EXPECT_FALSE(canvas.hasPicture()) << "nothing can be done with it yet";
    const QImage waiting = drawn(canvas);
    EXPECT_EQ(waiting.pixelColor(kWidth / 2, kHeight / 2), QColor(Qt::red));
    prepare(canvas);
    canvas.setMask({});
    const QImage there = drawn(canvas);
    EXPECT_TRUE(canvas.hasPicture());
    EXPECT_EQ(there.pixelColor(kWidth / 2, kHeight / 2), QColor(Qt::black));
    // In the same place: what was red is the picture, what was not is beside it.
    for (int x = 0; x < kWidth; x += 7) {
        EXPECT_EQ(waiting.pixelColor(x, kHeight / 2) == QColor(Qt::red),
                  there.pixelColor(x, kHeight / 2) == QColor(Qt::black))
            << x;
    }
    canvas.setPlaceholder(red, {600, 500});
    canvas.setPlaceholder({}, {});
    EXPECT_EQ(drawn(canvas), there) << "it could not be read: the picture before stays";
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

TEST(Canvas, ADoubleClickThatBeganElsewhereIsNone) {
    Canvas canvas;
    prepare(canvas);
    const double fitted = canvas.view().scale;
    const auto send = [&](QEvent::Type type) {
        const QPointF at(kWidth / 2.0, kHeight / 2.0);
        QMouseEvent event(type, at, at, Qt::LeftButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&canvas, &event);
    };
    send(QEvent::MouseButtonDblClick);
    EXPECT_EQ(canvas.view().scale, fitted) << "the first click was on what has given way to it";
    send(QEvent::MouseButtonPress);
    send(QEvent::MouseButtonRelease);
    send(QEvent::MouseButtonDblClick);
    EXPECT_NE(canvas.view().scale, fitted);
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

// Prints the processor's time for a frame while something moves, on a picture of 24 megapixels in a window of a full HD
// screen.
TEST(Canvas, EveryViewMovesOnALargePicture) {
    constexpr int kWide = 6000, kHigh = 4000, kFrames = 10;
    Canvas canvas;
    canvas.resize(1920, 1080);
    canvas.setPicture(makePyramid(Image(kWide, kHigh)));
    canvas.setMask({slope(kWide, kHigh)});
    canvas.setLayers({{{slope(kWide, kHigh)}, at(0.7, 0.5)}});
    QImage image(canvas.size(), QImage::Format_RGB32);
    const auto time = [&](const std::function<void(int)>& move) {
        QImage before;
        const std::clock_t begin = std::clock();
        for (int i = 0; i < kFrames; ++i) {
            move(i);
            canvas.render(&image);
        }
        const double each = 1000.0 * double(std::clock() - begin) / CLOCKS_PER_SEC / kFrames;
        before = image.copy();
        move(0);
        canvas.render(&image);
        EXPECT_NE(image, before);
        return each;
    };
    const std::pair<MaskView, const char*> views[] = {
        {MaskView::tint, "tint"}, {MaskView::outline, "outline"}, {MaskView::spotlight, "spotlight"},
        {MaskView::mask, "mask"}, {MaskView::cutout, "cutout"},   {MaskView::heat, "heat"}};
    for (const auto& [view, name] : views) {
        canvas.setMaskView(view);
        canvas.setOverlay(at(0.5, 0.5));
        for (const double zoom : {0.5, 1.0}) {
            canvas.zoomTo(zoom);
            const double threshold = time([&](int i) { canvas.setOverlay(at(0.4 + 0.02 * i, 0.5)); });
            const double pan = time([&](int i) { canvas.centreOn({2900.0 + 13 * i, 2000.0 + 7 * i}); });
            const double split = time([&](int i) { canvas.setSplit(0.3 + 0.04 * i); });
            canvas.setSplit({});
            std::printf("%s at %.0f %%: threshold %.1f ms, moving the view %.1f, the split %.1f\n", name, zoom * 100,
                        threshold, pan, split);
        }
    }
}

// A stroke draws what it has touched and nothing else; the picture is the same as if all were drawn.
TEST(Canvas, AChangedPartIsDrawnAsOnAFreshCanvas) {
    std::vector<BrushPoint> way;
    for (const double zoom : {0.0, 0.3, 1.0, 2.7, 20.0}) {
        Canvas used;
        prepare(used);
        used.setOverlay(at(0.4, 0.6));
        if (zoom > 0) {
            used.zoomTo(zoom);
        }
        QImage before = drawn(used);
        way.clear();
        for (int i = 0; i < 6; ++i) {
            way.push_back({270 + 13.7 * i, 240 + 7.1 * i * (i % 2)});
            const auto stroke = std::make_shared<const Runs>(strokeRuns(way, {9, 1}, BrushUse::erase, 600, 500));
            ShownMask mask = used.mask();
            mask.correction.removed = stroke;
            const BrushPoint last = way[way.size() < 2 ? 0 : way.size() - 2], now = way.back();
            const QRect changed = QRectF(QPointF(last.x, last.y), QPointF(now.x, now.y))
                                      .normalized()
                                      .adjusted(-10, -10, 10, 10)
                                      .toAlignedRect();
            used.setMask(mask, changed);
            if (i % 3 == 1) {
                continue;  // two changes between two frames
            }
            Canvas fresh;
            prepare(fresh);
            fresh.setOverlay(at(0.4, 0.6));
            if (zoom > 0) {
                fresh.zoomTo(zoom);
            }
            fresh.setMask(mask);
            const QImage shown = drawn(used);
            EXPECT_EQ(shown, drawn(fresh)) << zoom << " " << i;
            EXPECT_TRUE(shown != before || zoom > 10) << "there some of the way lies outside";
            before = shown;
        }
    }
}

}  // namespace
}  // namespace maskwright::ui
