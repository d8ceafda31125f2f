#include <QByteArray>
#include <QColorSpace>
#include <QColorTransform>
#include <QImage>
#include <cstring>
#include <new>
#include <optional>
#include <vector>

#include "core/image_io/colour.h"
#include "core/image_io/decoded.h"

namespace maskwright::image_io {
namespace {

// A band of RGBA, 8 or 16 bits a channel, becomes one of 8 bits in sRGB.
void applyTo(QImage& rows, const ToSrgb& transform, bool wide) {
    QImage made(rows.width(), rows.height(), QImage::Format_RGBA8888);
    if (made.isNull()) {
        throw std::bad_alloc();
    }
    std::vector<std::uint8_t> rgb(static_cast<std::size_t>(rows.width()) * 3);
    for (int y = 0; y < rows.height(); ++y) {
        const std::uint8_t* from = rows.constScanLine(y);
        std::uint8_t* to = made.scanLine(y);
        transform.convert(from, rgb.data(), static_cast<std::size_t>(rows.width()));
        for (std::size_t x = 0; x < static_cast<std::size_t>(rows.width()); ++x) {
            std::memcpy(to + 4 * x, &rgb[3 * x], 3);
            to[4 * x + 3] =
                wide ? static_cast<std::uint8_t>((reinterpret_cast<const std::uint16_t*>(from)[4 * x + 3] + 128) / 257)
                     : from[4 * x + 3];
        }
    }
    rows = std::move(made);
}

// From a profile's colours to sRGB. LittleCMS's answers everywhere; for 16 bits and a profile without tables Qt gives
// the same within a value, and fifteen times as fast.
class Way {
  public:
    // Warns where there is a profile that cannot be followed.
    Way(const Decoded& decoded, bool deep, const std::string& name, std::vector<Message>& warnings) : deep_(deep) {
        if (decoded.profile.empty()) {
            return;
        }
        const auto profile = std::as_bytes(std::span(decoded.profile));
        const ProfileKind kind = kindOf(profile);
        if (deep && kind == ProfileKind::matrix) {
            const auto space = QColorSpace::fromIccProfile(QByteArray::fromStdString(decoded.profile));
            if (space.isValid()) {
                byQt_ = space.transformationToColorSpace(QColorSpace(QColorSpace::SRgb));
                return;
            }
        }
        const bool grey = kind == ProfileKind::grey;
        if (!grey || decoded.image->allGray()) {
            byLittleCms_ = ToSrgb::from(profile, grey ? Channels::greyAsRgba : Channels::rgba, deep ? 16 : 8);
        }
        if (!byLittleCms_) {
            warnings.push_back(profileBroken(name));
        }
    }
    [[nodiscard]] bool empty() const { return !byQt_ && !byLittleCms_; }

    // A band of any format becomes one of RGBA8888 in sRGB.
    void apply(QImage& rows) const {
        rows.convertTo(deep_ ? QImage::Format_RGBA64 : QImage::Format_RGBA8888);
        if (byQt_) {
            rows.applyColorTransform(*byQt_);
            rows.convertTo(QImage::Format_RGBA8888);
        } else {
            applyTo(rows, *byLittleCms_, deep_);
        }
    }

  private:
    bool deep_;
    std::optional<QColorTransform> byQt_;
    std::optional<ToSrgb> byLittleCms_;
};

Picture convert(Decoded decoded, const std::string& name, const ReadOptions& options) {
    const QImage& source = *decoded.image;
    const Turn turn(decoded.header.orientation, source.width(), source.height());
    // Colours are converted with as many bits as were stored.
    const bool deep = source.depth() > 32 || source.format() == QImage::Format_Grayscale16;
    Picture out;
    out.warnings = std::move(decoded.warnings);
    const Way way(decoded, deep, name, out.warnings);
    out.format = decoded.header.format;
    out.hadAlpha = source.hasAlphaChannel();
    out.hadProfile = !way.empty() || decoded.converted;
    out.orientation = decoded.header.orientation;
    out.image = Image(turn.width, turn.height);
    if (out.hadAlpha) {
        out.alpha = Mask(turn.width, turn.height);
    }
    std::uint8_t* target = out.image.pixels.data();
    const std::array<int, 3> background = {options.background[0], options.background[1], options.background[2]};
    for (int y = 0; y < source.height(); y += kBandRows) {
        QImage rows = band(source, y);
        if (way.empty() && !out.hadAlpha) {
            rows.convertTo(QImage::Format_RGB888);
            place(rowsOf(rows, y), 3, turn,
                  [&](std::ptrdiff_t at, const std::uint8_t* rgb) { std::memcpy(target + 3 * at, rgb, 3); });
            continue;
        }
        if (way.empty()) {
            rows.convertTo(QImage::Format_RGBA8888);
        } else {
            way.apply(rows);
        }
        place(rowsOf(rows, y), 4, turn, [&](std::ptrdiff_t at, const std::uint8_t* rgba) {
            const int alpha = rgba[3];
            if (out.hadAlpha) {
                out.alpha.pixels[static_cast<std::size_t>(at)] = rgba[3];
            }
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
        return convert(*std::move(decoded), name, options);
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
