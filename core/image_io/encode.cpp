#include <QBuffer>
#include <QByteArray>
#include <QImage>
#include <QImageWriter>
#include <algorithm>
#include <cmath>
#include <new>

#include "core/base/file.h"
#include "core/image_io/image_io.h"
#include "core/image_io/quiet.h"

namespace maskwright::image_io {
namespace {

// Qt's scale of 0..100 for zlib's 0..9; about level 3: twice as fast as the default for a twentieth more bytes.
constexpr int kCompression = 35;

Error notEncoded(const std::string& path, const Message& why) {
    return {ErrorKind::output, message("cannot write %1: %2", path, why), ""};
}

constexpr int kDotsPerMeter = 3937;  // 100 an inch, Qt's value without a screen

Result<void> writePng(const std::string& path, QImage& image, const Texts& texts) {
    if (image.isNull()) {
        return notEncoded(path, "the picture has no pixels, or there is too little memory for it");
    }
    for (const auto& [key, value] : texts) {
        image.setText(QString::fromStdString(key), QString::fromStdString(value));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        const Quiet quiet;
        // Qt takes a new picture's resolution from the screen where there is one; a file is to be the same everywhere.
        image.setDotsPerMeterX(kDotsPerMeter);
        image.setDotsPerMeterY(kDotsPerMeter);
        QImageWriter writer(&buffer, "png");
        writer.setCompression(kCompression);
        if (!writer.write(image)) {
            return notEncoded(path, verbatim(writer.errorString().toStdString()));
        }
    }
    return writeFileAtomically(std::filesystem::path(path),
                               std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

bool fits(int width, int height, std::size_t count, std::size_t channels) {
    return width > 0 && height > 0 &&
           count == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * channels;
}

// Our rows have no padding; QImage is told so and does not copy.
QImage view(const std::uint8_t* pixels, int width, int height, int channels, QImage::Format format) {
    return QImage(pixels, width, height, static_cast<qsizetype>(width) * channels, format);
}

int quantise(float probability, int top) {
    return static_cast<int>(std::lround(std::clamp(probability, 0.0f, 1.0f) * static_cast<float>(top)));
}

template <class Work>
Result<void> withMemory(const std::string& path, Work work) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return Error{ErrorKind::resource, message("not enough memory to write %1", path), "close other programs"};
    }
}

}  // namespace

Result<void> writeMask(const std::string& path, const Mask& mask, const Texts& texts) {
    return withMemory(path, [&]() -> Result<void> {
        if (!fits(mask.width, mask.height, mask.pixels.size(), 1)) {
            return notEncoded(path, "the mask has no pixels");
        }
        QImage image = view(mask.pixels.data(), mask.width, mask.height, 1, QImage::Format_Grayscale8);
        return writePng(path, image, texts);
    });
}

Result<void> writeProbability(const std::string& path, const Heatmap& map, const Texts& texts) {
    return withMemory(path, [&]() -> Result<void> {
        Mask grey(map.width, map.height);
        std::transform(map.pixels.begin(), map.pixels.end(), grey.pixels.begin(),
                       [](float p) { return static_cast<std::uint8_t>(quantise(p, 255)); });
        return writeMask(path, grey, texts);
    });
}

Result<void> writeProbability16(const std::string& path, const Heatmap& map, const Texts& texts) {
    return withMemory(path, [&]() -> Result<void> {
        QImage image(map.width, map.height, QImage::Format_Grayscale16);
        for (int y = 0; y < image.height(); ++y) {
            auto* row = reinterpret_cast<std::uint16_t*>(image.scanLine(y));
            std::transform(&map.at(0, y), &map.at(0, y) + map.width, row,
                           [](float p) { return static_cast<std::uint16_t>(quantise(p, 65535)); });
        }
        return writePng(path, image, texts);
    });
}

Result<void> writeImage(const std::string& path, const Image& image, const Texts& texts) {
    return withMemory(path, [&]() -> Result<void> {
        if (!fits(image.width, image.height, image.pixels.size(), 3)) {
            return notEncoded(path, "the picture has no pixels");
        }
        QImage rgb = view(image.pixels.data(), image.width, image.height, 3, QImage::Format_RGB888);
        return writePng(path, rgb, texts);
    });
}

Result<void> writeRgba(const std::string& path, int width, int height, std::span<const std::uint8_t> rgba,
                       const Texts& texts) {
    return withMemory(path, [&]() -> Result<void> {
        if (!fits(width, height, rgba.size(), 4)) {
            return notEncoded(path, "the picture has no pixels");
        }
        QImage image = view(rgba.data(), width, height, 4, QImage::Format_RGBA8888);
        return writePng(path, image, texts);
    });
}

Result<void> writeIndexed(const std::string& path, const Plane<std::uint8_t>& indices,
                          std::span<const std::array<std::uint8_t, 3>> palette, const Texts& texts) {
    return withMemory(path, [&]() -> Result<void> {
        if (!fits(indices.width, indices.height, indices.pixels.size(), 1)) {
            return notEncoded(path, "the picture has no pixels");
        }
        const std::uint8_t highest = *std::max_element(indices.pixels.begin(), indices.pixels.end());
        if (palette.size() > 256 || highest >= palette.size()) {
            return notEncoded(path, message("index %1 has no colour among %2", highest, palette.size()));
        }
        QImage image = view(indices.pixels.data(), indices.width, indices.height, 1, QImage::Format_Indexed8);
        QList<QRgb> table;
        for (const auto& colour : palette) {
            table.append(qRgb(colour[0], colour[1], colour[2]));
        }
        image.setColorTable(table);
        return writePng(path, image, texts);
    });
}

}  // namespace maskwright::image_io
