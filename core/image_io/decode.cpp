#include <QBuffer>
#include <QByteArray>
#include <QColorSpace>
#include <QImage>
#include <QImageReader>
#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/file.h"
#include "core/image_io/cmyk.h"
#include "core/image_io/colour.h"
#include "core/image_io/decoded.h"
#include "core/image_io/heif.h"
#include "core/image_io/quiet.h"
#include "core/image_io/tiff.h"

namespace maskwright::image_io {
namespace {

// Of a JPEG whose scan stops at a marker: the file's end where it has none of its own, else damage on the way there.
Error pixelsMissing(const Header& header, const std::string& name) {
    return header.endMissing ? cutShort(name, "some of its pixels are missing")
                             : damaged(name, "some of its pixels are missing");
}

// What Qt's reader makes of the file.
Result<QImage> decodeByQt(const Header& header, std::span<const std::byte> bytes, const std::string& name,
                          std::vector<Message>& warnings) {
    const char* data = header.reduced ? header.reduced->data() : reinterpret_cast<const char*>(bytes.data());
    const std::size_t size = header.reduced ? header.reduced->size() : bytes.size();
    QByteArray array = QByteArray::fromRawData(data, static_cast<qsizetype>(size));
    QBuffer buffer(&array);
    buffer.open(QIODevice::ReadOnly);
    const Quiet quiet;
    // The limit is ours, in pixels, checked above; Qt's is process-wide and in bytes.
    QImageReader::setAllocationLimit(0);
    QImageReader reader(&buffer, QByteArray::fromStdString(header.format));
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(false);  // the turn is read by probe(), which knows more formats' EXIF
    QImage image = reader.read();
    if (image.isNull() && reader.error() == QImageReader::UnsupportedFormatError) {
        return Error{ErrorKind::input,
                     message("cannot read %1: %2", name, message("Qt's reader of %1 is missing", header.format)),
                     "install qt6-image-formats-plugins"};
    }
    // libjpeg fills what is missing with grey and goes on.
    const std::string& said = quiet.said();
    if (said.find("Premature end") != std::string::npos) {
        return cutShort(name, "some of its pixels are missing");
    }
    if (said.find("premature end") != std::string::npos) {
        return pixelsMissing(header, name);
    }
    if (image.isNull()) {
        return damaged(name, "its pixels cannot be decoded");
    }
    if (said.find("Corrupt JPEG data") != std::string::npos) {
        warnings.push_back(message("%1 is damaged; some of its pixels may be wrong", name));
    }
    return image;
}

// CMYK by its profile, as sRGB. Nothing where there is no profile that fits: Qt then makes RGB of the inks by itself.
Result<std::optional<QImage>> decodeInks(const Header& header, std::span<const std::byte> bytes,
                                         const std::string& name) {
    QImage image;
    std::optional<ToSrgb> toSrgb;
    const auto begin = [&](const CmykRows& rows) {
        toSrgb = ToSrgb::from(std::as_bytes(std::span(rows.profile)),
                              rows.inverted ? Channels::cmykInverted : Channels::cmyk, 8);
        if (toSrgb) {
            image = QImage(rows.width, rows.height, QImage::Format_RGB888);
        }
        return toSrgb && !image.isNull();
    };
    const auto row = [&](int y, const unsigned char* inks) {
        toSrgb->convert(inks, image.scanLine(y), static_cast<std::size_t>(image.width()));
    };
    const Quiet quiet;
    const bool whole = readCmykJpeg(header.reduced ? std::as_bytes(std::span(*header.reduced)) : bytes, begin, row);
    if (!toSrgb) {
        return std::optional<QImage>();
    }
    if (!whole) {
        return pixelsMissing(header, name);
    }
    return std::optional<QImage>(std::move(image));
}

Message inksGuessed(const Header& header, const std::string& name) {
    return header.profile
               ? message("%1 is in CMYK with a colour profile that cannot be used; its colours are a guess", name)
               : message("%1 is in CMYK without a colour profile; its colours are a guess", name);
}

Result<void> decodeTiff(Decoded& out, std::span<const std::byte> bytes, const std::string& name) {
    auto picture = readTiffPicture(bytes, name);
    if (!picture) {
        return picture.error();
    }
    if (out.header.cmyk && !picture->converted) {
        out.warnings.push_back(inksGuessed(out.header, name));
    }
    const auto profile = QByteArray::fromStdString(picture->profile);
    if (!profile.isEmpty() && QColorSpace::fromIccProfile(profile) != QColorSpace(QColorSpace::SRgb)) {
        out.profile = std::move(picture->profile);
    }
    out.converted = picture->converted;
    out.image = std::move(picture->image);
    return {};
}

// A PNG's transparent colour, which its reader was not told of.
QImage withTransparent(QImage image, const std::array<std::uint16_t, 3>& colour) {
    image.convertTo(QImage::Format_RGBA64);
    for (int y = 0; y < image.height(); ++y) {
        auto* pixel = reinterpret_cast<std::uint16_t*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x, pixel += 4) {
            pixel[3] = std::equal(colour.begin(), colour.end(), pixel) ? std::uint16_t(0) : pixel[3];
        }
    }
    return image;
}

Result<void> decodeInto(Decoded& out, std::span<const std::byte> bytes, const std::string& name,
                        std::int64_t maxPixels) {
    const Header& header = out.header;
    if (header.format == "heic" || header.format == "avif") {
        return decodeHeif(out, header.reduced ? std::as_bytes(std::span(*header.reduced)) : bytes, name, maxPixels);
    }
    if (header.bySamples) {
        return decodeTiff(out, bytes, name);
    }
    if (header.cmyk && header.profile && header.format == "jpeg") {
        auto inks = decodeInks(header, bytes, name);
        if (!inks) {
            return inks.error();
        }
        if (*inks) {
            out.image = std::make_shared<const QImage>(std::move(**inks));
            out.converted = true;
            return {};
        }
    }
    auto image = decodeByQt(header, bytes, name, out.warnings);
    if (!image) {
        return image.error();
    }
    const QColorSpace space = image->colorSpace();
    const bool srgb = space.isValid() && space == QColorSpace(QColorSpace::SRgb);
    if (header.cmyk) {
        out.warnings.push_back(inksGuessed(header, name));
    } else if (header.points) {
        out.profile = profileFor(*header.points, name, out.warnings);
    } else if (header.profile && !srgb) {
        out.profile = space.iccProfile().toStdString();
        if (out.profile.empty()) {
            out.warnings.push_back(profileBroken(name));
        }
    } else if (header.adobeRgb && !header.profile) {
        out.profile = adobeRgbProfile();
    }
    out.image = std::make_shared<const QImage>(
        header.transparent ? withTransparent(*std::move(image), *header.transparent) : *std::move(image));
    return {};
}

}  // namespace

std::string profileFor(const CodePoints& points, const std::string& name, std::vector<Message>& warnings) {
    if (isHighRange(points)) {
        warnings.push_back(
            message("%1 has a high dynamic range, which is not followed; its colours are a guess", name));
    }
    return profileOf(points);
}

Message profileBroken(const std::string& name) {
    return message("the colour profile of %1 is broken or does not fit its pixels; its colours were taken for sRGB",
                   name);
}

Result<Decoded> decode(std::span<const std::byte> bytes, const std::string& name, const ReadOptions& options) {
    auto probed = probe(Bytes(bytes), name, options.maxPixels);
    if (!probed) {
        return probed.error();
    }
    Decoded out;
    out.header = *std::move(probed);
    if (!out.header.noPicture.empty()) {
        return unsupported(name, out.header.noPicture);
    }
    if (out.header.endMissing) {
        // Without it Qt's reader says nothing of pixels that are missing.
        out.header.reduced = std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()) + "\xff\xd9";
        out.warnings.push_back(message("%1 has no end marker, as a JPEG should; its pixels are all there", name));
    }
    MASKWRIGHT_TRY(decodeInto(out, bytes, name, options.maxPixels));
    out.header.reduced.reset();
    out.header.width = out.image->width();
    out.header.height = out.image->height();
    MASKWRIGHT_TRY(checkSize(out.header, name, options.maxPixels));
    return out;
}

QImage band(const QImage& image, int y) {
    const int rows = std::min(kBandRows, image.height() - y);
    QImage view(image.constScanLine(y), image.width(), rows, image.bytesPerLine(), image.format());
    if (image.colorCount() > 0) {
        view.setColorTable(image.colorTable());
    }
    return view;
}

Rows rowsOf(const QImage& band, int top) {
    return {band.constBits(), static_cast<std::ptrdiff_t>(band.bytesPerLine()), band.width(), band.height(), top};
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

}  // namespace maskwright::image_io
