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

}  // namespace

Sampled sampled(const HeatPyramid& map, const ViewTransform& view, const QRect& area) {
    if (!map.full || map.full->empty() || area.isEmpty()) {
        return {};
    }
    const QRect picture = QRectF(view.offset, QSizeF(map.full->width, map.full->height) * view.scale).toRect() & area;
    Sampled result{Heatmap(area.width(), area.height()),
                   {picture.x() - area.x(), picture.y() - area.y(), picture.width(), picture.height()}};
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
        float* out = &result.map.at(0, y);
        for (int x = 0; x < area.width(); ++x) {
            const Tap& column = columns[std::size_t(x)];
            const float upper = top[column.low] + (top[column.high] - top[column.low]) * column.weight;
            const float lower = bottom[column.low] + (bottom[column.high] - bottom[column.low]) * column.weight;
            out[x] = upper + (lower - upper) * row.weight;
        }
    }
    return result;
}

QImage renderOverlay(const Sampled& sampled, const QSize& size, const output::Appearance& appearance, QImage&& spare) {
    QImage image = std::move(spare);
    if (image.size() != size || image.format() != QImage::Format_ARGB32_Premultiplied) {
        image = QImage(size, QImage::Format_ARGB32_Premultiplied);
    }
    if (sampled.map.empty() || appearance.opacity <= 0) {
        image.fill(Qt::transparent);
        return image;
    }
    // Rows of 32-bit pixels have no padding.
    output::layer(sampled.map, sampled.inside, output::Brush(appearance, output::colourOf(appearance, 0)),
                  {reinterpret_cast<std::uint32_t*>(image.bits()), sampled.map.pixels.size()});
    return image;
}

QImage renderOverlay(const HeatPyramid& map, const ViewTransform& view, const QRect& area,
                     const output::Appearance& appearance) {
    return renderOverlay(sampled(map, view, area), area.size(), appearance);
}

}  // namespace maskwright::ui
