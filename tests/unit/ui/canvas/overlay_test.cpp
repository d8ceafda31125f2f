#include "ui/canvas/overlay.h"

#include <gtest/gtest.h>

#include <QPainter>
#include <cmath>

#include "core/image/brush.h"
#include "core/output/overlay.h"
#include "core/project/mask.h"
#include "ui/model/overlay_state.h"

namespace maskwright::ui {
namespace {

// 1 left of `edge`, 0 right of it, a ramp of two pixels between.
std::shared_ptr<const HeatPyramid> halfPlane(int width, int height, double edge) {
    auto map = std::make_shared<Heatmap>(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            map->at(x, y) = float(std::clamp((edge - (x + 0.5)) / 2 + 0.5, 0.0, 1.0));
        }
    }
    return makePyramid(map);
}

using output::OverlayMode;

output::Appearance plain(OverlayMode mode = OverlayMode::tint) {
    output::Appearance appearance = screenAppearance();
    appearance.opacity = 1;
    appearance.lineWidth = 0;
    appearance.mode = mode;
    return appearance;
}

TEST(Overlay, TintsWhatIsAboveTheThreshold) {
    const auto map = halfPlane(40, 20, 20);
    const QImage image = renderOverlay(*map, {1, {0, 0}}, QRect(0, 0, 40, 20), plain());
    EXPECT_EQ(qAlpha(image.pixel(5, 10)), 255);
    EXPECT_EQ(QColor(image.pixel(5, 10)).rgb(), toQColor(kOverlayColours[0]).rgb());
    EXPECT_EQ(qAlpha(image.pixel(35, 10)), 0);
}

TEST(Overlay, SpotlightDarkensTheRest) {
    const auto map = halfPlane(40, 20, 20);
    const QImage image = renderOverlay(*map, {1, {0, 0}}, QRect(0, 0, 40, 20), plain(OverlayMode::spotlight));
    EXPECT_EQ(qAlpha(image.pixel(5, 10)), 0);
    EXPECT_EQ(qAlpha(image.pixel(35, 10)), 255);
}

TEST(Overlay, TheEdgeStaysWhereItIsAtEveryZoom) {
    const auto map = halfPlane(1024, 64, 512);
    for (double scale : {0.1, 0.25, 0.7, 1.0, 3.0, 8.0}) {
        const QRect area(int(512 * scale) - 20, 2, 40, 4);
        const QImage image = renderOverlay(*map, {scale, {0, 0}}, area, plain());
        double covered = 0;
        for (int x = 0; x < area.width(); ++x) {
            covered += qAlpha(image.pixel(x, 1)) / 255.0;
        }
        EXPECT_NEAR(covered, 512 * scale - area.x(), 1.0) << scale;
    }
}

TEST(Overlay, TheOutlineIsAsThickAtEveryZoom) {
    const auto map = halfPlane(1024, 256, 512);
    output::Appearance style = plain();
    style.lineWidth = 2;
    style.mode = OverlayMode::spotlight;
    for (double scale : {0.5, 1.0, 4.0, 16.0}) {
        const QRect area(int(512 * scale) - 30, 2, 60, 4);
        const QImage image = renderOverlay(*map, {scale, {0, 0}}, area, style);
        double white = 0;
        for (int x = 0; x < area.width(); ++x) {
            white += std::max(qGreen(image.pixel(x, 1)) - 8, 0) / 247.0;  // 8: the spotlight's dark
        }
        EXPECT_NEAR(white, 2, 0.8) << scale;
    }
}

TEST(Overlay, MovingTheThresholdMovesTheEdge) {
    auto ramp = std::make_shared<Heatmap>(101, 3);
    for (int x = 0; x < 101; ++x) {
        for (int y = 0; y < 3; ++y) {
            ramp->at(x, y) = float(x) / 100;
        }
    }
    const auto map = makePyramid(ramp);
    for (double threshold : {0.2, 0.5, 0.8}) {
        output::Appearance style = plain();
        style.threshold = threshold;
        const QImage image = renderOverlay(*map, {1, {0, 0}}, QRect(0, 0, 101, 3), style);
        int inside = 0;
        for (int x = 0; x < 101; ++x) {
            inside += qAlpha(image.pixel(x, 1)) > 127;
        }
        EXPECT_NEAR(inside, 100 * (1 - threshold), 1.5);
    }
}

TEST(Overlay, NothingOutsideThePictureAndNothingWithoutOpacity) {
    const auto map = halfPlane(10, 10, 20);
    const QImage image = renderOverlay(*map, {2, {5, 5}}, QRect(0, 0, 40, 40), plain());
    EXPECT_EQ(qAlpha(image.pixel(2, 2)), 0);
    EXPECT_EQ(qAlpha(image.pixel(10, 10)), 255);
    EXPECT_EQ(qAlpha(image.pixel(30, 10)), 0);
    output::Appearance none = plain();
    none.opacity = 0;
    EXPECT_EQ(qAlpha(renderOverlay(*map, {2, {5, 5}}, QRect(0, 0, 40, 40), none).pixel(10, 10)), 0);
    EXPECT_EQ(renderOverlay(HeatPyramid{}, {}, QRect(0, 0, 4, 4), plain()).size(), QSize(4, 4));
}

// At a picture's own size the screen shows what a saved overlay holds, but for the rounding of two blends.
TEST(Overlay, TheScreenAndTheFileAgree) {
    auto map = std::make_shared<Heatmap>(60, 40);
    Image picture(60, 40);
    for (int y = 0; y < 40; ++y) {
        for (int x = 0; x < 60; ++x) {
            map->at(x, y) = float(std::exp(-((x - 25) * (x - 25) + (y - 18) * (y - 18)) / 150.0));
            for (int c = 0; c < 3; ++c) {
                picture.at(x, y)[c] = std::uint8_t(x * 4 + y + 50 * c);
            }
        }
    }
    for (const OverlayMode mode : {OverlayMode::tint, OverlayMode::spotlight, OverlayMode::heat}) {
        output::Appearance appearance = screenAppearance(kOverlayColours[2]);
        appearance.mode = mode;
        const Image file = output::overlay(picture, *map, appearance, *appearance.colour);
        QImage screen = toQImage(picture);
        QPainter(&screen).drawImage(0, 0, renderOverlay(*makePyramid(map), {1, {0, 0}}, screen.rect(), appearance));
        const Image shown = toImage(screen);
        int most = 0;
        for (std::size_t i = 0; i < file.pixels.size(); ++i) {
            most = std::max(most, std::abs(int(file.pixels[i]) - int(shown.pixels[i])));
        }
        EXPECT_LE(most, 2) << int(mode);
        EXPECT_NE(file, picture);
    }
}

TEST(Pyramid, LevelsHalveAndKeepTheMean) {
    auto map = std::make_shared<Heatmap>(1000, 600);
    for (std::size_t i = 0; i < map->pixels.size(); ++i) {
        map->pixels[i] = float(i % 7) / 7;
    }
    const auto pyramid = makePyramid(map);
    ASSERT_EQ(pyramid->reduced.size(), 2u);
    EXPECT_EQ(pyramid->reduced[1].width, 250);
    auto mean = [](const Heatmap& m) {
        double sum = 0;
        for (float v : m.pixels) {
            sum += double(v);
        }
        return sum / double(m.pixels.size());
    };
    EXPECT_NEAR(mean(*map), mean(pyramid->reduced[1]), 1e-3);
    EXPECT_EQ(pyramid->levelFor(1), 0);
    EXPECT_EQ(pyramid->levelFor(0.5), 1);
    EXPECT_EQ(pyramid->levelFor(0.6), 0);
    EXPECT_EQ(pyramid->levelFor(0.01), 2);
}

TEST(Pyramid, PicturesComeBackAsTheyWent) {
    Image image(37, 23);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        image.pixels[i] = std::uint8_t(i * 13);
    }
    EXPECT_EQ(toImage(toQImage(image)), image);
    QImage clear(2, 1, QImage::Format_ARGB32);
    clear.fill(qRgba(0, 0, 0, 0));
    EXPECT_EQ(toImage(clear).pixels[0], 255) << "transparent is laid over white";
}

TEST(Overlay, WhatARivalHasIsNotDrawnAtAnyScale) {
    const auto map = std::make_shared<Heatmap>(1024, 600, 0.8f);
    Mask square(1024, 600);
    for (int y = 128; y < 256; ++y) {
        std::fill_n(&square.at(256, y), 256, std::uint8_t(255));
    }
    const auto object = std::make_shared<const Runs>(runsFromMask(square));
    ShownMask mask{makePyramid(map), nullptr, {object, nullptr}};
    mask.rivals = {{nullptr, object}, {makePyramid(std::make_shared<Heatmap>(1024, 600, 0.7f))}};
    ShownMask bare{mask.map};
    bare.rivals = mask.rivals;
    for (const double scale : {0.1, 0.5, 1.0, 3.0}) {
        const QRect area = QRectF(128 * scale, 64 * scale, 512 * scale, 256 * scale).toRect();
        const Sampled corrected = sampled(mask, {scale, {0, 0}}, area), plain = sampled(bare, {scale, {0, 0}}, area);
        const auto at = [&](const Sampled& of, double x, double y) {
            return of.map.at(int((x - 128) * scale), int((y - 64) * scale));
        };
        EXPECT_FLOAT_EQ(at(plain, 180, 200), 0.8f) << "the other map is less sure";
        EXPECT_FLOAT_EQ(at(plain, 400, 200), 0.0f);
        EXPECT_FLOAT_EQ(at(corrected, 400, 200), 1.0f) << "a hand's work stays";
    }
}

// What is sampled of map and correction apart is what is sampled of the corrected map.
TEST(Overlay, ACorrectionIsSampledAsIfTheMapHadIt) {
    const auto map = std::make_shared<Heatmap>(1100, 700, 0.3f);
    for (int y = 0; y < map->height; ++y) {
        for (int x = 0; x < map->width; ++x) {
            map->at(x, y) = float((x * 31 + y * 17) % 97) / 97;
        }
    }
    const BrushPoint painted[] = {{-5, 30}, {400, 333}, {1200, 600}}, erased[] = {{900, 10}, {700, 660}, {1099, 699}};
    const Runs erase = strokeRuns(erased, {21, 1}, BrushUse::erase, 1100, 700);
    project::Correction correction =
        project::erased(project::painted({}, strokeRuns(painted, {35, 1}, BrushUse::paint, 1100, 700)), erase);
    const ShownMask apart{makePyramid(map), nullptr, correction};
    const ShownMask whole{makePyramid(apart.heatmap(0.5))};
    const ShownMask object{nullptr, std::make_shared<const Runs>(runsAbove(*map, 0.6)), correction};
    const ShownMask drawnObject{makePyramid(object.heatmap(0.5))};
    for (const double scale : {0.05, 0.21, 0.5, 0.9, 1.0, 5.0}) {
        const QRect area(-3, 7, 260, 190);
        for (const QPointF offset : {QPointF(0, 0), QPointF(-300.5 * scale, -220 * scale), QPointF(-1000 * scale, 3)}) {
            for (const auto& [one, other] : {std::pair(&apart, &whole), std::pair(&object, &drawnObject)}) {
                const Sampled a = sampled(*one, {scale, offset}, area), b = sampled(*other, {scale, offset}, area);
                EXPECT_EQ(a.inside, b.inside);
                float most = 0;
                for (std::size_t i = 0; i < a.map.pixels.size(); ++i) {
                    most = std::max(most, std::abs(a.map.pixels[i] - b.map.pixels[i]));
                }
                // A pixel of a level that is corrected in part keeps the rest's mean as that of all: at most half of
                // it.
                EXPECT_LT(most, scale > 0.5 || one == &object ? 1e-4f : 0.3f) << scale;
            }
        }
    }
}

}  // namespace
}  // namespace maskwright::ui
