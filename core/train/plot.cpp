#include "core/train/plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace maskwright::train {
namespace {

using Colour = std::array<std::uint8_t, 3>;
constexpr Colour kInk{40, 40, 40}, kPale{225, 225, 225}, kLine{70, 120, 200}, kDot{220, 110, 30};
constexpr int kWidth = 900, kPanel = 220, kLeft = 70, kRight = 20, kTop = 26, kBottom = 26;

// 3x5 glyphs, a bit a pixel, rows from the top: what axes and titles need.
struct Glyph {
    char letter;
    std::uint16_t bits;
};
constexpr Glyph kGlyphs[] = {
    {'0', 0b111101101101111}, {'1', 0b010110010010111}, {'2', 0b111001111100111}, {'3', 0b111001111001111},
    {'4', 0b101101111001001}, {'5', 0b111100111001111}, {'6', 0b111100111101111}, {'7', 0b111001001001001},
    {'8', 0b111101111101111}, {'9', 0b111101111001111}, {'.', 0b000000000000010}, {'-', 0b000000111000000},
    {'A', 0b111101111101101}, {'E', 0b111100110100111}, {'H', 0b101101111101101}, {'I', 0b111010010010111},
    {'L', 0b100100100100111}, {'M', 0b101111111101101}, {'N', 0b111101101101101}, {'O', 0b111101101101111},
    {'P', 0b111101111100100}, {'R', 0b111101110101101}, {'S', 0b111100111001111}, {'T', 0b111010010010010},
    {'U', 0b101101101101111}};

void dot(Image& image, int x, int y, const Colour& colour) {
    if (x >= 0 && y >= 0 && x < image.width && y < image.height) {
        std::copy(colour.begin(), colour.end(), image.at(x, y));
    }
}

void write(Image& image, int x, int y, const std::string& text, int scale = 2) {
    for (const char letter : text) {
        for (const Glyph& glyph : kGlyphs) {
            if (glyph.letter != letter) {
                continue;
            }
            for (int k = 0; k < 15 * scale * scale; ++k) {
                const int px = k % (3 * scale), py = k / (3 * scale);
                if ((glyph.bits >> (14 - (py / scale) * 3 - px / scale) & 1) != 0) {
                    dot(image, x + px, y + py, kInk);
                }
            }
        }
        x += 4 * scale;
    }
}

void stroke(Image& image, double x0, double y0, double x1, double y1, const Colour& colour) {
    const int steps = std::max(1, static_cast<int>(std::max(std::abs(x1 - x0), std::abs(y1 - y0))));
    for (int i = 0; i <= steps; ++i) {
        const double t = static_cast<double>(i) / steps;
        dot(image, static_cast<int>(std::lround(x0 + (x1 - x0) * t)), static_cast<int>(std::lround(y0 + (y1 - y0) * t)),
            colour);
    }
}

std::string shown(double value) {
    char text[32];
    std::snprintf(text, sizeof text, value >= 100 ? "%.0f" : "%.2f", value);
    return text;
}

void panel(Image& image, int index, const std::string& title, const std::vector<LogLine>& lines, double LogLine::*line,
           double LogLine::*marks) {
    const int top = index * kPanel + kTop, bottom = (index + 1) * kPanel - kBottom, right = kWidth - kRight;
    std::vector<double> values;
    for (const LogLine& l : lines) {
        for (double LogLine::*field : {line, marks}) {
            if (field != nullptr && std::isfinite(l.*field) && l.*field >= 0) {
                values.push_back(l.*field);
            }
        }
    }
    write(image, kLeft, top - 16, title);
    double high = 1;
    if (!values.empty()) {
        // A few first values far above the rest must not flatten the curve.
        std::sort(values.begin(), values.end());
        high = std::max(values[(values.size() - 1) * 98 / 100] * 1.1, 1e-6);
    }
    const double last = lines.empty() ? 1 : std::max<double>(1, static_cast<double>(lines.back().step));
    const auto px = [&](double step) { return kLeft + (right - kLeft) * step / last; };
    const auto py = [&](double value) { return bottom - (bottom - top) * std::min(value / high, 1.0); };
    for (int k = 0; k <= 4; ++k) {
        const double value = high * k / 4;
        stroke(image, kLeft, py(value), right, py(value), k == 0 ? kInk : kPale);
        write(image, 6, static_cast<int>(py(value)) - 5, shown(value));
        write(image, static_cast<int>(px(last * k / 4)) - (k == 4 ? 40 : 0), bottom + 6,
              std::to_string(static_cast<long>(last * k / 4)));
    }
    stroke(image, kLeft, top, kLeft, bottom, kInk);
    const LogLine* before = nullptr;
    for (const LogLine& l : lines) {
        if (std::isfinite(l.*line) && l.*line >= 0) {
            if (before != nullptr) {
                stroke(image, px(static_cast<double>(before->step)), py(before->*line), px(static_cast<double>(l.step)),
                       py(l.*line), kLine);
            }
            before = &l;
        }
        if (marks != nullptr && l.*marks >= 0) {
            for (int k = 0; k < 49; ++k) {
                dot(image, static_cast<int>(px(static_cast<double>(l.step))) + k % 7 - 3,
                    static_cast<int>(py(l.*marks)) + k / 7 - 3, kDot);
            }
        }
    }
}

}  // namespace

Image plotLog(std::span<const LogLine> all) {
    const bool pictures = std::any_of(all.begin(), all.end(), [](const LogLine& l) { return l.stage == "segment"; });
    std::vector<LogLine> lines;
    for (const LogLine& l : all) {
        if (l.stage == (pictures ? "segment" : "text")) {
            lines.push_back(l);
        }
    }
    Image image(kWidth, 3 * kPanel);
    std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t{255});
    panel(image, 0, "LOSS", lines, &LogLine::loss, nullptr);
    panel(image, 1, "IOU", lines, &LogLine::iou, &LogLine::valIou);
    panel(image, 2, "PHANTOM", lines, &LogLine::phantom, &LogLine::valPhantom);
    return image;
}

}  // namespace maskwright::train
