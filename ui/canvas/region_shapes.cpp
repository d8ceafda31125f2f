#include "ui/canvas/region_shapes.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/model/region.h"

namespace maskwright::ui {
namespace {

constexpr std::uint8_t kInside = 255;

void setPixel(Mask& mask, QPointF at, std::uint8_t value) {
    const int x = int(std::floor(at.x())), y = int(std::floor(at.y()));
    if (x >= 0 && y >= 0 && x < mask.width && y < mask.height) {
        mask.at(x, y) = value;
    }
}

// Beyond this a coordinate is as good as outside; it keeps integers from overflowing.
QPointF bounded(QPointF p, int width, int height) {
    return {std::clamp(p.x(), -2.0 * width, 3.0 * width), std::clamp(p.y(), -2.0 * height, 3.0 * height)};
}

}  // namespace

Mask rectangleMask(int width, int height, QPointF a, QPointF b) {
    a = bounded(a, width, height);
    b = bounded(b, width, height);
    Mask mask(width, height);
    const int left = std::max(int(std::floor(std::min(a.x(), b.x()))), 0),
              top = std::max(int(std::floor(std::min(a.y(), b.y()))), 0);
    const int right = std::min(int(std::ceil(std::max(a.x(), b.x()))), width),
              bottom = std::min(int(std::ceil(std::max(a.y(), b.y()))), height);
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            mask.at(x, y) = kInside;
        }
    }
    return mask;
}

Mask polygonMask(int width, int height, const QPolygonF& polygon) {
    Mask mask(width, height);
    if (polygon.size() < 3 || width <= 0 || height <= 0) {
        for (const QPointF& point : polygon) {
            setPixel(mask, point, kInside);
        }
        return mask;
    }
    {
        QImage image(mask.pixels.data(), width, height, width, QImage::Format_Grayscale8);
        QPainterPath path;
        QPolygonF inside;
        for (const QPointF& point : polygon) {
            inside << bounded(point, width, height);
        }
        path.addPolygon(inside);
        path.closeSubpath();
        QPainter painter(&image);
        painter.fillPath(path, Qt::white);
    }
    if (isBlank(mask)) {
        for (const QPointF& point : polygon) {
            setPixel(mask, point, kInside);
        }
    }
    return mask;
}

void paintStroke(Mask& mask, QPointF from, QPointF to, double radius, std::uint8_t value) {
    from = bounded(from, mask.width, mask.height);
    to = bounded(to, mask.width, mask.height);
    const double reach = radius + 1;
    const int left = std::max(int(std::floor(std::min(from.x(), to.x()) - reach)), 0);
    const int top = std::max(int(std::floor(std::min(from.y(), to.y()) - reach)), 0);
    const int right = std::min(int(std::ceil(std::max(from.x(), to.x()) + reach)), mask.width);
    const int bottom = std::min(int(std::ceil(std::max(from.y(), to.y()) + reach)), mask.height);
    const QPointF along = to - from;
    const double length = QPointF::dotProduct(along, along);
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            const QPointF centre(x + 0.5, y + 0.5);
            const double part =
                length > 0 ? std::clamp(QPointF::dotProduct(centre - from, along) / length, 0.0, 1.0) : 0.0;
            const QPointF away = centre - (from + along * part);
            if (QPointF::dotProduct(away, away) <= radius * radius) {
                mask.at(x, y) = value;
            }
        }
    }
    setPixel(mask, from, value);
    setPixel(mask, to, value);
}

Mask pickPiece(const Heatmap& map, double threshold, QPoint pixel) {
    Mask mask(map.width, map.height);
    const auto limit = float(threshold);
    auto inside = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < map.width && y < map.height && map.at(x, y) > limit;
    };
    if (!inside(pixel.x(), pixel.y())) {
        return mask;
    }
    // Row spans, so that the list stays short on a large picture.
    std::vector<QPoint> seeds{pixel};
    while (!seeds.empty()) {
        const QPoint seed = seeds.back();
        seeds.pop_back();
        if (mask.at(seed.x(), seed.y()) != 0) {
            continue;
        }
        int left = seed.x(), right = seed.x();
        while (inside(left - 1, seed.y())) {
            --left;
        }
        while (inside(right + 1, seed.y())) {
            ++right;
        }
        std::fill_n(&mask.at(left, seed.y()), right - left + 1, kInside);
        for (int y : {seed.y() - 1, seed.y() + 1}) {
            bool open = false;
            for (int x = left - 1; x <= right + 1; ++x) {
                const bool wanted = inside(x, y) && mask.at(x, y) == 0;
                if (wanted && !open) {
                    seeds.emplace_back(x, y);
                }
                open = wanted;
            }
        }
    }
    return mask;
}

}  // namespace maskwright::ui
