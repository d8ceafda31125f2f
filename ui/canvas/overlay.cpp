#include "ui/canvas/overlay.h"

#include <algorithm>

#include "core/output/overlay.h"

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

// The two coats as one colour, premultiplied.
QRgb together(const output::Brush& brush, const output::Brush::Coats& coats) {
    const float below = coats.cover * (1 - coats.line);
    const auto mixed = [&](float first, float second) { return int(first * below + second * coats.line + 0.5f); };
    const auto &fill = coats.colour, &line = brush.lineColour();
    return qRgba(mixed(fill[0], line[0]), mixed(fill[1], line[1]), mixed(fill[2], line[2]), mixed(255, 255));
}

}  // namespace

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

QImage renderOverlay(const HeatPyramid& map, const ViewTransform& view, const QRect& area,
                     const output::Appearance& appearance) {
    QImage image(area.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    if (!map.full || map.full->empty() || area.isEmpty() || appearance.opacity <= 0) {
        return image;
    }
    const Heatmap p = sampled(map, view, area);
    const QRectF picture(view.offset, QSizeF(map.full->width, map.full->height) * view.scale);
    const QRect inside = picture.toRect() & area;
    const output::Brush brush(appearance, output::colourOf(appearance, 0));
    for (int y = inside.top() - area.top(); y <= inside.bottom() - area.top(); ++y) {
        auto* out = reinterpret_cast<QRgb*>(image.scanLine(y));
        const float* here = &p.at(0, y);
        const float* above = &p.at(0, std::max(y - 1, 0));
        const float* below = &p.at(0, std::min(y + 1, p.height - 1));
        for (int x = inside.left() - area.left(); x <= inside.right() - area.left(); ++x) {
            const float dx = (here[std::min(x + 1, p.width - 1)] - here[std::max(x - 1, 0)]) * 0.5f;
            const float dy = (below[x] - above[x]) * 0.5f;
            out[x] = together(brush, brush.at(here[x], dx, dy));
        }
    }
    return image;
}

}  // namespace maskwright::ui
