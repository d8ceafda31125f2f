#include <QColorSpace>
#include <QColorTransform>
#include <QImage>
#include <cstring>
#include <optional>

#include "core/image_io/decoded.h"

namespace maskwright::image_io {
namespace {

// From the picture's profile to sRGB; nothing where there is none, it is sRGB already, or Qt does not understand it.
std::optional<QColorTransform> toSrgb(const QImage& image, const Header& header) {
    const QColorSpace space = image.colorSpace();
    if (!header.profile || !space.isValid() || space == QColorSpace(QColorSpace::SRgb)) {
        return std::nullopt;
    }
    return space.transformationToColorSpace(QColorSpace(QColorSpace::SRgb));
}

Picture convert(const Decoded& decoded, const ReadOptions& options) {
    const QImage& source = *decoded.image;
    const Turn turn(decoded.header.orientation, source.width(), source.height());
    const auto transform = toSrgb(source, decoded.header);
    Picture out;
    out.format = decoded.header.format;
    out.hadAlpha = source.hasAlphaChannel();
    out.hadProfile = transform.has_value();
    out.warnings = decoded.warnings;
    out.image = Image(turn.width, turn.height);
    std::uint8_t* target = out.image.pixels.data();
    const std::array<int, 3> background = {options.background[0], options.background[1], options.background[2]};
    // Colours are converted with as many bits as were stored.
    const bool deep = source.depth() > 32 || source.format() == QImage::Format_Grayscale16;
    for (int y = 0; y < source.height(); y += kBandRows) {
        QImage rows = band(source, y);
        if (transform) {
            rows.convertTo(deep ? QImage::Format_RGBA64 : QImage::Format_ARGB32);
            rows.applyColorTransform(*transform);
        }
        if (!out.hadAlpha) {
            rows.convertTo(QImage::Format_RGB888);
            place(rowsOf(rows, y), 3, turn,
                  [&](std::ptrdiff_t at, const std::uint8_t* rgb) { std::memcpy(target + 3 * at, rgb, 3); });
            continue;
        }
        rows.convertTo(QImage::Format_RGBA8888);
        place(rowsOf(rows, y), 4, turn, [&](std::ptrdiff_t at, const std::uint8_t* rgba) {
            const int alpha = rgba[3];
            for (std::size_t c = 0; c < 3; ++c) {
                target[3 * at + static_cast<std::ptrdiff_t>(c)] =
                    static_cast<std::uint8_t>((rgba[c] * alpha + background[c] * (255 - alpha) + 127) / 255);
            }
        });
    }
    return out;
}

}  // namespace

Result<Picture> readBytes(std::span<const std::byte> bytes, const std::string& name, const ReadOptions& options) {
    return withMemory<Picture>(name, [&]() -> Result<Picture> {
        auto decoded = decode(bytes, name, options);
        if (!decoded) {
            return decoded.error();
        }
        return convert(*decoded, options);
    });
}

Result<Picture> read(const std::string& path, const ReadOptions& options) {
    return withMemory<Picture>(path, [&]() -> Result<Picture> {
        auto bytes = fileBytes(path, options);
        if (!bytes) {
            return bytes.error();
        }
        return readBytes(*bytes, path, options);
    });
}

}  // namespace maskwright::image_io
