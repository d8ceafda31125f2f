#include "core/image/lines_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/image/chart.h"

namespace maskwright {

namespace {

constexpr int kWidth = 560, kHeight = 360;                       // of a panel, pixels
constexpr int kLeft = 64, kRight = 20, kTop = 58, kBottom = 44;  // what is round its field
constexpr std::array<std::uint8_t, 3> kInk = {45, 45, 50};
const cv::Scalar kGrid(226, 226, 226), kFrame(120, 120, 120);
// Told apart by people who see no red and green too (Okabe and Ito).
constexpr std::array<std::array<std::uint8_t, 3>, 5> kColours = {
    {{0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167}, {86, 180, 233}}};

bool shows(const ChartPoint& point) {
    return std::isfinite(point.x) && std::isfinite(point.y) && point.x > 0 && point.y > 0;
}

// The ends of an axis as logarithms, and where its values lie.
struct Axis {
    double low = 0, high = 1;
    int begin = 0, end = 0;  // pixels
    [[nodiscard]] int at(double value) const {
        return begin + cvRound((std::log10(value) - low) / (high - low) * (end - begin));
    }
};

Axis axisOver(const std::vector<double>& values, int begin, int end) {
    Axis axis{0, 1, begin, end};
    if (!values.empty()) {
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        axis.low = std::log10(*low);
        axis.high = std::log10(*high);
    }
    const double room = std::max(0.04 * (axis.high - axis.low), 0.02);
    axis.low -= room;
    axis.high += room;
    return axis;
}

// 1, 2 and 5 of each power of ten within the axis; over many powers the ones alone.
std::vector<double> ticks(const Axis& axis) {
    std::vector<double> all;
    for (int power = static_cast<int>(std::floor(axis.low)); power <= std::ceil(axis.high); ++power) {
        for (const int digit : {1, 2, 5}) {
            const double value = digit * std::pow(10.0, power), place = std::log10(value);
            if (place >= axis.low && place <= axis.high && (digit == 1 || axis.high - axis.low < 2.5)) {
                all.push_back(value);
            }
        }
    }
    return all;
}

std::string shown(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

// `text` ends at x.
void writeBefore(Image& image, const std::string& text, int x, int y) {
    constexpr int kLetter = 8;  // width of drawText's digits
    drawText(image, text, x - kLetter * static_cast<int>(text.size()), y, kInk);
}

void drawAxes(Image& image, cv::Mat& on, const LinesChart& chart, const Axis& x, const Axis& y) {
    for (const double value : ticks(x)) {
        cv::line(on, {x.at(value), y.begin}, {x.at(value), y.end}, kGrid);
        drawText(image, shown(value), x.at(value) - 8, y.begin + 16, kInk);
    }
    for (const double value : ticks(y)) {
        cv::line(on, {x.begin, y.at(value)}, {x.end, y.at(value)}, kGrid);
        writeBefore(image, shown(value), x.begin - 4, y.at(value) + 4);
    }
    cv::rectangle(on, {x.begin, y.end}, {x.end, y.begin}, kFrame);
    drawText(image, chart.title, x.begin, y.end - 38, kInk);
    drawText(image, chart.yName, x.begin - 54, y.end - 8, kInk);
    drawText(image, chart.xName, (x.begin + x.end) / 2, y.begin + 34, kInk);
}

void drawLines(Image& image, cv::Mat& on, const LinesChart& chart, const Axis& x, const Axis& y) {
    int legend = x.begin;
    for (std::size_t i = 0; i < chart.lines.size(); ++i) {
        const auto& rgb = kColours[i % kColours.size()];
        const cv::Scalar colour(rgb[0], rgb[1], rgb[2]);
        const ChartPoint* before = nullptr;
        for (const ChartPoint& point : chart.lines[i].points) {
            if (!shows(point)) {
                continue;
            }
            const cv::Point here(x.at(point.x), y.at(point.y));
            if (before != nullptr) {
                cv::line(on, {x.at(before->x), y.at(before->y)}, here, colour, 2, cv::LINE_AA);
            }
            cv::circle(on, here, 3, colour, cv::FILLED, cv::LINE_AA);
            before = &point;
        }
        if (before != nullptr) {
            cv::line(on, {legend, y.end - 16}, {legend + 20, y.end - 16}, colour, 2);
            drawText(image, chart.lines[i].name, legend + 26, y.end - 12, kInk);
            legend += 60 + 8 * static_cast<int>(chart.lines[i].name.size());
        }
    }
}

}  // namespace

Image linesCharts(std::span<const LinesChart> charts) {
    if (charts.empty()) {
        return {};
    }
    const int columns = charts.size() > 1 ? 2 : 1, rows = (static_cast<int>(charts.size()) + columns - 1) / columns;
    Image image(columns * kWidth, rows * kHeight);
    cv::Mat on(image.height, image.width, CV_8UC3, image.pixels.data());
    on.setTo(cv::Scalar(255, 255, 255));
    for (int i = 0; i < static_cast<int>(charts.size()); ++i) {
        const LinesChart& chart = charts[static_cast<std::size_t>(i)];
        std::vector<double> xs, ys;
        for (const ChartLine& line : chart.lines) {
            for (const ChartPoint& point : line.points) {
                if (shows(point)) {
                    xs.push_back(point.x);
                    ys.push_back(point.y);
                }
            }
        }
        const int left = i % columns * kWidth, top = i / columns * kHeight;
        const Axis x = axisOver(xs, left + kLeft, left + kWidth - kRight);
        const Axis y = axisOver(ys, top + kHeight - kBottom, top + kTop);
        drawAxes(image, on, chart, x, y);
        drawLines(image, on, chart, x, y);
    }
    return image;
}

}  // namespace maskwright
