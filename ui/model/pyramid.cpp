#include "ui/model/pyramid.h"

#include <algorithm>

#include "core/image/resize.h"

namespace maskwright::ui {
namespace {

int levelOf(double scale, int count) {
    int level = 0;
    while (level + 1 < count && scale <= 0.5) {
        scale *= 2;
        ++level;
    }
    return level;
}

Heatmap halved(const Heatmap& map) {
    Heatmap half(std::max(map.width / 2, 1), std::max(map.height / 2, 1));
    for (int y = 0; y < half.height; ++y) {
        const float* a = &map.at(0, std::min(2 * y, map.height - 1));
        const float* b = &map.at(0, std::min(2 * y + 1, map.height - 1));
        float* out = &half.at(0, y);
        for (int x = 0; x < half.width; ++x) {
            const int left = std::min(2 * x, map.width - 1), right = std::min(2 * x + 1, map.width - 1);
            out[x] = (a[left] + a[right] + b[left] + b[right]) * 0.25f;
        }
    }
    return half;
}

}  // namespace

int PicturePyramid::levelFor(double scale) const { return levelOf(scale, int(levels.size())); }

int HeatPyramid::levelFor(double scale) const { return levelOf(scale, int(reduced.size()) + 1); }

std::shared_ptr<const PicturePyramid> makePyramid(const Image& image) {
    auto pyramid = std::make_shared<PicturePyramid>();
    if (image.empty()) {
        return pyramid;
    }
    pyramid->levels.push_back(toQImage(image));
    Image half;
    for (const Image* last = &image; std::max(last->width, last->height) > kSmallestLevel; last = &half) {
        half = halved(*last);
        pyramid->levels.push_back(toQImage(half));
    }
    return pyramid;
}

std::shared_ptr<const HeatPyramid> makePyramid(std::shared_ptr<const Heatmap> map) {
    auto pyramid = std::make_shared<HeatPyramid>();
    pyramid->full = std::move(map);
    const Heatmap* last = pyramid->full.get();
    if (last != nullptr) {
        pyramid->histogram = histogram(*last);
    }
    while (last != nullptr && std::max(last->width, last->height) > kSmallestLevel) {
        Heatmap next = halved(*last);
        pyramid->reduced.push_back(std::move(next));
        last = &pyramid->reduced.back();
    }
    return pyramid;
}

std::shared_ptr<const HeatPyramid> smallest(const HeatPyramid& map) {
    auto small = std::make_shared<HeatPyramid>();
    small->full = map.reduced.empty() ? map.full : std::make_shared<const Heatmap>(map.reduced.back());
    small->histogram = map.histogram;
    return small;
}

QImage toQImage(const Image& image) {
    QImage result(image.width, image.height, QImage::Format_RGB32);
    for (int y = 0; y < image.height; ++y) {
        const std::uint8_t* in = image.at(0, y);
        auto* out = reinterpret_cast<QRgb*>(result.scanLine(y));
        for (int x = 0; x < image.width; ++x, in += 3) {
            out[x] = qRgb(in[0], in[1], in[2]);
        }
    }
    return result;
}

Image toImage(const QImage& image) {
    // Transparent pixels are laid over white, as image_io does.
    const QImage source = image.convertToFormat(QImage::Format_ARGB32);
    Image result(image.width(), image.height());
    for (int y = 0; y < result.height; ++y) {
        const auto* in = reinterpret_cast<const QRgb*>(source.constScanLine(y));
        std::uint8_t* out = result.at(0, y);
        for (int x = 0; x < result.width; ++x, out += 3) {
            const int alpha = qAlpha(in[x]);
            auto over = [alpha](int value) { return std::uint8_t((value * alpha + 255 * (255 - alpha) + 127) / 255); };
            out[0] = over(qRed(in[x]));
            out[1] = over(qGreen(in[x]));
            out[2] = over(qBlue(in[x]));
        }
    }
    return result;
}

}  // namespace maskwright::ui
