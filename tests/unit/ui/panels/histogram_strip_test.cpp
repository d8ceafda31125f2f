#include "ui/panels/histogram_strip.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace maskwright::ui {
namespace {

TEST(HistogramStrip, TheTallestBarIsWhole) {
    Histogram histogram{};
    histogram[10] = 1000000;
    histogram[200] = 10;
    const std::vector<double> bars = HistogramStrip::bars(histogram, 32, 0, 1);
    ASSERT_EQ(bars.size(), 32u);
    EXPECT_DOUBLE_EQ(bars[1], 1);
    EXPECT_GT(bars[25], 0.1) << "few pixels among many are seen";
    EXPECT_LT(bars[25], 0.5);
    EXPECT_EQ(std::count(bars.begin(), bars.end(), 0.0), 30);
}

TEST(HistogramStrip, WhatLiesOutsideTheRangeIsInTheOuterBars) {
    Histogram histogram{};
    histogram[0] = 5;
    histogram[255] = 5;
    const std::vector<double> bars = HistogramStrip::bars(histogram, 10, 0.2, 0.8);
    EXPECT_DOUBLE_EQ(bars.front(), 1);
    EXPECT_DOUBLE_EQ(bars.back(), 1);
}

TEST(HistogramStrip, NothingFoundIsNoBar) {
    for (const double bar : HistogramStrip::bars({}, 10, 0, 1)) {
        EXPECT_EQ(bar, 0);
    }
    EXPECT_TRUE(HistogramStrip::bars({}, 0, 0, 1).empty());
}

// Bars above the threshold have the mask's colour, those below another.
TEST(HistogramStrip, TheThresholdPartsTheColours) {
    HistogramStrip strip;
    strip.resize(120, strip.height());
    strip.setRange(0, 1, 10);
    Histogram histogram{};
    histogram.fill(100);
    strip.setHistogram(&histogram);
    strip.setThreshold(0.5, Qt::red);
    QImage image(strip.size(), QImage::Format_RGB32);
    image.fill(Qt::white);
    strip.render(&image, {}, {}, QWidget::DrawChildren);
    const int y = strip.height() / 2;
    int below = 0, above = 0;
    for (int x = 10; x < 110; ++x) {
        (x < 60 ? below : above) += image.pixelColor(x, y) == QColor(Qt::red) ? 1 : 0;
    }
    EXPECT_EQ(below, 0);
    EXPECT_GT(above, 20);
}

}  // namespace
}  // namespace maskwright::ui
