#include "ui/folder/thumbnail.h"

#include <QBuffer>
#include <QDataStream>
#include <algorithm>
#include <cmath>

namespace maskwright::ui {
namespace {

constexpr int kQuality = 88;  // of JPEG's 0..100: no blocks are seen

}  // namespace

QByteArray packPicture(const QImage& image) {
    const QImage small =
        image.width() > kThumbnailSide || image.height() > kThumbnailSide
            ? image.scaled(kThumbnailSide, kThumbnailSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)
            : image;
    QByteArray packed;
    QBuffer buffer(&packed);
    buffer.open(QIODevice::WriteOnly);
    small.save(&buffer, "jpeg", kQuality);
    return packed;
}

QImage unpackPicture(const QByteArray& packed) {
    return packed.isEmpty() ? QImage() : QImage::fromData(packed, "jpeg");
}

QByteArray packMap(const Heatmap& map) {
    QByteArray plain;
    QDataStream stream(&plain, QIODevice::WriteOnly);
    stream << qint32(map.width) << qint32(map.height);
    for (const float p : map.pixels) {
        stream << quint8(std::lround(255 * std::clamp(p, 0.0f, 1.0f)));
    }
    return qCompress(plain, 1);
}

std::shared_ptr<const HeatPyramid> unpackMap(const QByteArray& packed) {
    if (packed.isEmpty()) {
        return nullptr;
    }
    const QByteArray plain = qUncompress(packed);
    QDataStream stream(plain);
    qint32 width = 0, height = 0;
    stream >> width >> height;
    Heatmap map(width, height);
    for (float& p : map.pixels) {
        quint8 value = 0;
        stream >> value;
        p = float(value) / 255;
    }
    auto pyramid = std::make_shared<HeatPyramid>();
    pyramid->full = std::make_shared<const Heatmap>(std::move(map));
    return pyramid;
}

}  // namespace maskwright::ui
