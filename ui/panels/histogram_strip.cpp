#include "ui/panels/histogram_strip.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr int kHeight = 34;
constexpr int kBar = 3;          // pixels a bar, with the gap
constexpr double kLeast = 0.04;  // of the height

}  // namespace

HistogramStrip::HistogramStrip(QWidget* parent) : QWidget(parent) {
    setObjectName("histogram");
    setFixedHeight(kHeight);
}

void HistogramStrip::setRange(double low, double high, int inset) {
    low_ = low;
    high_ = high;
    inset_ = inset;
    update();
}

void HistogramStrip::setHistogram(const Histogram* histogram) {
    histogram_ = histogram != nullptr ? std::optional(*histogram) : std::nullopt;
    update();
}

void HistogramStrip::setThreshold(double threshold, const QColor& inside) {
    threshold_ = threshold;
    inside_ = inside;
    update();
}

std::vector<double> HistogramStrip::bars(const Histogram& histogram, int count, double low, double high) {
    std::vector<double> heights(std::size_t(std::max(count, 0)), 0.0);
    std::vector<std::uint64_t> pixels(heights.size(), 0);
    const double steps = double(histogram.size());
    for (std::size_t i = 0; i < histogram.size() && count > 0; ++i) {
        const double value = (double(i) + 0.5) / steps;
        const int bar = std::clamp(int((value - low) / (high - low) * count), 0, count - 1);
        pixels[std::size_t(bar)] += histogram[i];
    }
    const auto most = pixels.empty() ? 0 : *std::max_element(pixels.begin(), pixels.end());
    for (std::size_t i = 0; i < heights.size(); ++i) {
        if (pixels[i] > 0) {
            heights[i] = std::max(kLeast, std::log1p(double(pixels[i])) / std::log1p(double(most)));
        }
    }
    return heights;
}

void HistogramStrip::paintEvent(QPaintEvent*) {
    const Colours& c = Theme::colours();
    QPainter painter(this);
    const int width = this->width() - 2 * inset_;
    painter.fillRect(QRect(inset_, height() - 1, width, 1), c.border);
    if (!histogram_ || width <= 0) {
        return;
    }
    // Fewer than the histogram has steps: no bar stays empty for want of a step.
    const int count = std::min(width / kBar, 96);
    const std::vector<double> heights = bars(*histogram_, count, low_, high_);
    QColor outside = c.muted;
    outside.setAlpha(110);
    for (int i = 0; i < count; ++i) {
        const double left = inset_ + double(width) * i / count, right = inset_ + double(width) * (i + 1) / count;
        const double tall = heights[std::size_t(i)] * (height() - 2);
        const double value = low_ + (high_ - low_) * (i + 0.5) / count;
        painter.fillRect(QRectF(left, height() - tall, right - left - 1, tall), value > threshold_ ? inside_ : outside);
    }
    const double at = inset_ + (threshold_ - low_) / (high_ - low_) * width;
    painter.setPen(QPen(c.text, 1));
    painter.drawLine(QPointF(at, 0), QPointF(at, height()));
}

}  // namespace maskwright::ui
