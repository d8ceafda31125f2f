#include <QBuffer>
#include <QByteArray>
#include <QColorSpace>
#include <QColorTransform>
#include <QImage>
#include <QImageReader>
#include <algorithm>
#include <cstring>
#include <new>
#include <optional>
#include <utility>

#include "core/base/file.h"
#include "core/image_io/image_io.h"
#include "core/image_io/probe.h"
#include "core/image_io/quiet.h"

namespace maskwright::image_io {
namespace {

constexpr int kBandRows = 64;  // rows converted at a time: full-size memory is the decoder's and ours, no third

struct Decoded {
    QImage image;
    Header header;
};

Result<Decoded> decode(std::span<const std::byte> bytes, const std::string& name, const ReadOptions& options) {
    const Bytes file(bytes);
    auto probed = probe(file, name, options.maxPixels);
    if (!probed) {
        return probed.error();
    }
    Decoded out{{}, *std::move(probed)};
    const char* data = out.header.reduced ? out.header.reduced->data() : reinterpret_cast<const char*>(bytes.data());
    const std::size_t size = out.header.reduced ? out.header.reduced->size() : bytes.size();
    QByteArray array = QByteArray::fromRawData(data, static_cast<qsizetype>(size));
    QBuffer buffer(&array);
    buffer.open(QIODevice::ReadOnly);
    std::string said;
    {
        const Quiet quiet;
        // The limit is ours, in pixels, checked above; Qt's is process-wide and in bytes.
        QImageReader::setAllocationLimit(0);
        QImageReader reader(&buffer, QByteArray::fromStdString(out.header.format));
        reader.setAutoDetectImageFormat(false);
        reader.setAutoTransform(false);  // the turn is read by probe(), which knows more formats' EXIF
        out.image = reader.read();
        said = quiet.said();
        if (out.image.isNull() && reader.error() == QImageReader::UnsupportedFormatError) {
            return Error{
                ErrorKind::input,
                message("cannot read %1: %2", name, message("Qt's reader of %1 is missing", out.header.format)),
                "install qt6-image-formats-plugins"};
        }
    }
    out.header.reduced.reset();
    // libjpeg fills what is missing with grey and goes on.
    if (said.find("premature end") != std::string::npos || said.find("Premature end") != std::string::npos) {
        return cutShort(name, "some of its pixels are missing");
    }
    if (out.image.isNull()) {
        return damaged(name, "its pixels cannot be decoded");
    }
    out.header.width = out.image.width();
    out.header.height = out.image.height();
    MASKWRIGHT_TRY(checkSize(out.header, name, options.maxPixels));
    return out;
}

// A view of rows [y, y + rows) with the image's colours.
QImage band(const QImage& image, int y, int rows) {
    QImage view(image.constScanLine(y), image.width(), rows, image.bytesPerLine(), image.format());
    if (image.colorCount() > 0) {
        view.setColorTable(image.colorTable());
    }
    return view;
}

// Where the stored pixel (x, y) of a width x height picture stands when it is upright (EXIF 2.32, tag 0x0112): at
// number origin + x * right + y * down of the upright picture's pixels.
struct Turn {
    int width, height;  // upright
    std::ptrdiff_t origin = 0, right = 1, down = 1;

    Turn(int orientation, int storedWidth, int storedHeight) : width(storedWidth), height(storedHeight) {
        if (orientation >= 5) {
            std::swap(width, height);
        }
        const std::ptrdiff_t row = width, lastColumn = width - 1, lastRow = row * (height - 1);
        switch (orientation) {
            case 2:
                set(lastColumn, -1, row);
                break;
            case 3:
                set(lastRow + lastColumn, -1, -row);
                break;
            case 4:
                set(lastRow, 1, -row);
                break;
            case 5:
                set(0, row, 1);
                break;
            case 6:
                set(lastColumn, row, -1);
                break;
            case 7:
                set(lastRow + lastColumn, -row, -1);
                break;
            case 8:
                set(lastRow, -row, 1);
                break;
            default:
                set(0, 1, row);
                break;
        }
    }
    void set(std::ptrdiff_t o, std::ptrdiff_t r, std::ptrdiff_t d) { origin = o, right = r, down = d; }
};

// Calls put(number, pixel) with the upright place of every pixel of a band whose first row is `top`. Columns outermost
// where the turn swaps the sides, so that neighbours are written together.
template <class Put>
void place(const QImage& band, int top, int bytesPerPixel, const Turn& turn, Put put) {
    const std::uint8_t* pixels = band.constBits();
    const std::ptrdiff_t line = band.bytesPerLine();
    const std::ptrdiff_t origin = turn.origin + top * turn.down;
    if (turn.right != 1 && turn.right != -1) {
        for (std::ptrdiff_t x = 0; x < band.width(); ++x) {
            for (std::ptrdiff_t y = 0; y < band.height(); ++y) {
                put(origin + x * turn.right + y * turn.down, pixels + y * line + x * bytesPerPixel);
            }
        }
        return;
    }
    for (std::ptrdiff_t y = 0; y < band.height(); ++y) {
        for (std::ptrdiff_t x = 0; x < band.width(); ++x) {
            put(origin + x * turn.right + y * turn.down, pixels + y * line + x * bytesPerPixel);
        }
    }
}

// From the picture's profile to sRGB; nothing where there is none, it is sRGB already, or Qt does not understand it.
std::optional<QColorTransform> toSrgb(const QImage& image, const Header& header) {
    const QColorSpace space = image.colorSpace();
    if (!header.profile || !space.isValid() || space == QColorSpace(QColorSpace::SRgb)) {
        return std::nullopt;
    }
    return space.transformationToColorSpace(QColorSpace(QColorSpace::SRgb));
}

Picture convert(const Decoded& decoded, const ReadOptions& options) {
    const QImage& source = decoded.image;
    const Turn turn(decoded.header.orientation, source.width(), source.height());
    const auto transform = toSrgb(source, decoded.header);
    Picture out;
    out.format = decoded.header.format;
    out.hadAlpha = source.hasAlphaChannel();
    out.hadProfile = transform.has_value();
    out.profileIgnored = decoded.header.profile && !source.colorSpace().isValid();
    out.image = Image(turn.width, turn.height);
    if (out.hadAlpha) {
        out.alpha = Mask(turn.width, turn.height);
    }
    std::uint8_t* target = out.image.pixels.data();
    const std::array<int, 3> background = {options.background[0], options.background[1], options.background[2]};
    // Colours are converted with as many bits as were stored.
    const bool deep = source.depth() > 32 || source.format() == QImage::Format_Grayscale16;
    for (int y = 0; y < source.height(); y += kBandRows) {
        QImage rows = band(source, y, std::min(kBandRows, source.height() - y));
        if (transform) {
            rows.convertTo(deep ? QImage::Format_RGBA64 : QImage::Format_ARGB32);
            rows.applyColorTransform(*transform);
        }
        if (!out.hadAlpha) {
            rows.convertTo(QImage::Format_RGB888);
            place(rows, y, 3, turn,
                  [&](std::ptrdiff_t at, const std::uint8_t* rgb) { std::memcpy(target + 3 * at, rgb, 3); });
            continue;
        }
        rows.convertTo(QImage::Format_RGBA8888);
        place(rows, y, 4, turn, [&](std::ptrdiff_t at, const std::uint8_t* rgba) {
            const int alpha = rgba[3];
            out.alpha.pixels[static_cast<std::size_t>(at)] = rgba[3];
            for (std::size_t c = 0; c < 3; ++c) {
                target[3 * at + static_cast<std::ptrdiff_t>(c)] =
                    static_cast<std::uint8_t>((rgba[c] * alpha + background[c] * (255 - alpha) + 127) / 255);
            }
        });
    }
    return out;
}

bool isGrey(const QImage& image) {
    const auto table = image.colorTable();
    return std::all_of(table.begin(), table.end(),
                       [](QRgb c) { return qRed(c) == qGreen(c) && qGreen(c) == qBlue(c) && qAlpha(c) == 255; });
}

Mask convertMask(const Decoded& decoded) {
    const QImage& source = decoded.image;
    const Turn turn(decoded.header.orientation, source.width(), source.height());
    Mask out(turn.width, turn.height);
    const bool indexed =
        decoded.header.palette && source.colorCount() > 0 && (decoded.header.format == "png" || !isGrey(source));
    const bool alpha = !indexed && source.hasAlphaChannel();
    std::uint8_t brightest = 0;
    for (int y = 0; y < source.height(); y += kBandRows) {
        QImage rows = band(source, y, std::min(kBandRows, source.height() - y));
        if (indexed) {
            // The index stands for itself: grey i for entry i.
            QList<QRgb> table;
            for (int i = 0; i < source.colorCount(); ++i) {
                table.append(qRgb(i, i, i));
            }
            rows.setColorTable(table);
        }
        rows.convertTo(QImage::Format_RGBA8888);
        place(rows, y, 4, turn, [&](std::ptrdiff_t at, const std::uint8_t* rgba) {
            const std::uint8_t value = alpha ? rgba[3] : std::max({rgba[0], rgba[1], rgba[2]});
            out.pixels[static_cast<std::size_t>(at)] = value;
            brightest = std::max(brightest, value);
        });
    }
    // Masks of zeros and ones are common in data sets.
    const int least = indexed || brightest == 1 ? 1 : 128;
    for (auto& value : out.pixels) {
        value = value >= least ? 255 : 0;
    }
    return out;
}

Result<std::vector<std::byte>> fileBytes(const std::string& path, const ReadOptions& options) {
    auto file = FileReader::open(path);
    if (!file) {
        return file.error();
    }
    if (file->size() > static_cast<std::uint64_t>(std::max<std::int64_t>(options.maxBytes, 0))) {
        return Error{
            ErrorKind::input,
            message("%1 is too large: %2 bytes, the limit is %3", file->name(), file->size(), options.maxBytes),
            "check that it is the right file"};
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(file->size()));
    MASKWRIGHT_TRY(file->read(0, bytes));
    return bytes;
}

template <class T, class Work>
Result<T> withMemory(const std::string& name, Work work) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return Error{ErrorKind::resource, message("not enough memory for %1", name),
                     "close other programs or reduce the picture"};
    }
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

Result<Mask> readMask(const std::string& path, const ReadOptions& options) {
    return withMemory<Mask>(path, [&]() -> Result<Mask> {
        auto bytes = fileBytes(path, options);
        if (!bytes) {
            return bytes.error();
        }
        auto decoded = decode(*bytes, path, options);
        if (!decoded) {
            return decoded.error();
        }
        return convertMask(*decoded);
    });
}

}  // namespace maskwright::image_io
