#include "ui/canvas/overlay.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace maskwright::ui {
namespace {

// Where one row or column of the view falls between two of the map.
struct Tap {
    int low = 0, high = 0;
    float weight = 0;  // of high
};

std::vector<Tap> tapsOf(int first, int count, double offset, double scale, int extent) {
    std::vector<Tap> taps(std::size_t(std::max(count, 0)));
    for (int i = 0; i < count; ++i) {
        const double at = std::clamp((first + i + 0.5 - offset) / scale - 0.5, 0.0, double(extent - 1));
        const int low = int(at);
        taps[std::size_t(i)] = {low, std::min(low + 1, extent - 1), float(at - low)};
    }
    return taps;
}

QRgb premultiplied(int red, int green, int blue, float alpha) {
    const float a = std::clamp(alpha, 0.0f, 1.0f);
    return qRgba(int(float(red) * a + 0.5f), int(float(green) * a + 0.5f), int(float(blue) * a + 0.5f),
                 int(255 * a + 0.5f));
}

const std::array<QRgb, 256>& heatTable() {
    static const auto table = [] {
        // Own stops, rising in lightness so that they read in grey as well.
        const std::array<std::array<int, 3>, 6> stops{
            {{24, 12, 60}, {92, 22, 110}, {170, 42, 92}, {228, 86, 48}, {250, 164, 40}, {252, 246, 170}}};
        std::array<QRgb, 256> colours{};
        for (int i = 0; i < 256; ++i) {
            const float at = float(i) / 255 * (float(stops.size()) - 1);
            const auto low = std::min(std::size_t(at), stops.size() - 2);
            const float part = at - float(low);
            auto channel = [&](std::size_t c) {
                return int(float(stops[low][c]) + float(stops[low + 1][c] - stops[low][c]) * part);
            };
            colours[std::size_t(i)] = qRgb(channel(0), channel(1), channel(2));
        }
        return colours;
    }();
    return table;
}

}  // namespace

QColor heatColour(double probability) {
    return QColor(heatTable()[std::size_t(std::clamp(probability, 0.0, 1.0) * 255)]);
}

Heatmap sampled(const HeatPyramid& map, const ViewTransform& view, const QRect& area) {
    Heatmap result(area.width(), area.height());
    if (!map.full || map.full->empty() || area.isEmpty()) {
        return result;
    }
    const int index = map.levelFor(view.scale);
    const Heatmap& level = map.level(index);
    // A level's size is rounded down, so its scale is taken from its own extent.
    const double scaleX = view.scale * map.full->width / level.width,
                 scaleY = view.scale * map.full->height / level.height;
    const auto columns = tapsOf(area.x(), area.width(), view.offset.x(), scaleX, level.width);
    const auto rows = tapsOf(area.y(), area.height(), view.offset.y(), scaleY, level.height);
    for (int y = 0; y < area.height(); ++y) {
        const Tap& row = rows[std::size_t(y)];
        const float* top = &level.at(0, row.low);
        const float* bottom = &level.at(0, row.high);
        float* out = &result.at(0, y);
        for (int x = 0; x < area.width(); ++x) {
            const Tap& column = columns[std::size_t(x)];
            const float upper = top[column.low] + (top[column.high] - top[column.low]) * column.weight;
            const float lower = bottom[column.low] + (bottom[column.high] - bottom[column.low]) * column.weight;
            out[x] = upper + (lower - upper) * row.weight;
        }
    }
    return result;
}

QImage renderOverlay(const HeatPyramid& map, const ViewTransform& view, const QRect& area, const OverlayStyle& style) {
    QImage image(area.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    if (!map.full || map.full->empty() || area.isEmpty() || style.opacity <= 0) {
        return image;
    }
    const Heatmap p = sampled(map, view, area);
    const QRectF picture(view.offset, QSizeF(map.full->width, map.full->height) * view.scale);
    const QRect inside = picture.toRect() & area;
    const auto threshold = float(style.threshold), opacity = float(style.opacity);
    const float half = float(style.lineWidth) / 2;
    const QColor line = style.mode == OverlayMode::tint ? style.colour.lighter(125) : QColor(Qt::white);
    const float lineAlpha = style.lineWidth > 0 ? std::min(1.0f, 0.35f + opacity) : 0.0f;

    for (int y = inside.top() - area.top(); y <= inside.bottom() - area.top(); ++y) {
        auto* out = reinterpret_cast<QRgb*>(image.scanLine(y));
        const float* here = &p.at(0, y);
        const float* above = &p.at(0, std::max(y - 1, 0));
        const float* below = &p.at(0, std::min(y + 1, p.height - 1));
        for (int x = inside.left() - area.left(); x <= inside.right() - area.left(); ++x) {
            const float value = here[x];
            const float dx = (here[std::min(x + 1, p.width - 1)] - here[std::max(x - 1, 0)]) * 0.5f;
            const float dy = (below[x] - above[x]) * 0.5f;
            // Signed distance to the outline in device pixels, to first order: what makes the edge smooth.
            const float distance = (value - threshold) / std::max(std::sqrt(dx * dx + dy * dy), 1e-3f);
            const float fill = std::clamp(distance + 0.5f, 0.0f, 1.0f);
            const float stroke = std::clamp(half + 0.5f - std::abs(distance), 0.0f, 1.0f) * lineAlpha;
            QRgb base = 0;
            switch (style.mode) {
                case OverlayMode::tint:
                    base = premultiplied(style.colour.red(), style.colour.green(), style.colour.blue(), opacity * fill);
                    break;
                case OverlayMode::spotlight:
                    base = premultiplied(8, 8, 14, opacity * (1 - fill));
                    break;
                case OverlayMode::heat: {
                    const QRgb colour = heatTable()[std::size_t(std::clamp(value, 0.0f, 1.0f) * 255)];
                    base = premultiplied(qRed(colour), qGreen(colour), qBlue(colour), opacity);
                    break;
                }
            }
            if (stroke > 0) {
                auto over = [stroke](int top, int bottom) {
                    return int(float(top) * stroke + float(bottom) * (1 - stroke) + 0.5f);
                };
                base = qRgba(over(line.red(), qRed(base)), over(line.green(), qGreen(base)),
                             over(line.blue(), qBlue(base)), over(255, qAlpha(base)));
            }
            out[x] = base;
        }
    }
    return image;
}

}  // namespace maskwright::ui
