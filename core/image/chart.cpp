#include "core/image/chart.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace maskwright {

namespace {

constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;
constexpr double kScale = 0.42;
const cv::Scalar kInk(45, 45, 50), kPaper(255, 255, 255);

cv::Mat view(Image& image) { return {image.height, image.width, CV_8UC3, image.pixels.data()}; }

std::string ascii(std::string text) {
    for (char& c : text) {
        c = static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e ? '?' : c;
    }
    return text;
}

int textWidth(const std::string& text) {
    int base = 0;
    return cv::getTextSize(text, kFont, kScale, 1, &base).width;
}

void write(cv::Mat& on, const std::string& text, int x, int y, const cv::Scalar& colour = kInk, double scale = kScale) {
    cv::putText(on, ascii(text), {x, y}, kFont, scale, colour, 1, cv::LINE_AA);
}

// `image` in a square, its shape kept.
void place(cv::Mat& on, Image image, int x, int y, int side) {
    if (image.empty()) {
        return;
    }
    const double scale = static_cast<double>(side) / std::max(image.width, image.height);
    const cv::Size size(std::max(1, cvRound(image.width * scale)), std::max(1, cvRound(image.height * scale)));
    cv::Mat small;
    cv::resize(view(image), small, size, 0, 0, cv::INTER_AREA);
    small.copyTo(on(cv::Rect(x + (side - size.width) / 2, y + (side - size.height) / 2, size.width, size.height)));
}

}  // namespace

Image barsChart(const std::string& title, const std::vector<BarRow>& rows, int rowHeight) {
    const int height = std::max(rowHeight, 24), title_ = 34, bar = 420, gap = 8;
    std::size_t thumbnails = 0;
    int labels = 0, notes = 0;
    double low = 0, high = 0;
    for (const BarRow& row : rows) {
        thumbnails = std::max(thumbnails, row.thumbnails.size());
        labels = std::max(labels, textWidth(ascii(row.label)));
        notes = std::max(notes, textWidth(ascii(row.note)));
        if (std::isfinite(row.value)) {
            low = std::min(low, row.value);
            high = std::max(high, row.value);
        }
    }
    if (high - low < 1e-12) {
        high = low + 1;
    }
    const int text = gap + static_cast<int>(thumbnails) * (height + gap), start = text + labels + 2 * gap;
    Image chart(start + bar + notes + 3 * gap, title_ + height * static_cast<int>(rows.size()) + gap);
    cv::Mat on = view(chart);
    on.setTo(kPaper);
    write(on, title, gap, 22, kInk, 0.5);
    const int zero = start + cvRound(-low / (high - low) * bar);
    int top = title_;
    for (const BarRow& row : rows) {
        for (std::size_t i = 0; i < row.thumbnails.size(); ++i) {
            place(on, row.thumbnails[i], gap + static_cast<int>(i) * (height + gap), top + 2, height - 4);
        }
        const int middle = top + height / 2;
        write(on, row.label, text, middle + 4);
        const double value = std::isfinite(row.value) ? row.value : 0;
        const int end = zero + cvRound(value / (high - low) * bar), thick = std::min(18, height - 6) / 2;
        const cv::Scalar colour = value < 0 ? cv::Scalar(200, 80, 60) : cv::Scalar(50, 130, 90);
        cv::rectangle(on, {std::min(zero, end), middle - thick}, {std::max(zero, end), middle + thick}, colour,
                      cv::FILLED);
        write(on, row.note, start + bar + 2 * gap, middle + 4);
        top += height;
    }
    cv::line(on, {zero, title_}, {zero, top}, kInk, 1);
    return chart;
}

void drawText(Image& image, const std::string& text, int x, int y, const std::array<std::uint8_t, 3>& colour) {
    cv::Mat on = view(image);
    write(on, text, x, y, cv::Scalar(colour[0], colour[1], colour[2]));
}

}  // namespace maskwright
