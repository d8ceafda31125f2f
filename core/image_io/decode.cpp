#include <QBuffer>
#include <QByteArray>
#include <QImage>
#include <QImageReader>
#include <algorithm>
#include <utility>

#include "core/base/file.h"
#include "core/image_io/decoded.h"
#include "core/image_io/quiet.h"

namespace maskwright::image_io {
Result<Decoded> decode(std::span<const std::byte> bytes, const std::string& name, const ReadOptions& options) {
    const Bytes file(bytes);
    auto probed = probe(file, name, options.maxPixels);
    if (!probed) {
        return probed.error();
    }
    Decoded out{{}, *std::move(probed), {}};
    const char* data = out.header.reduced ? out.header.reduced->data() : reinterpret_cast<const char*>(bytes.data());
    const std::size_t size = out.header.reduced ? out.header.reduced->size() : bytes.size();
    QByteArray array = QByteArray::fromRawData(data, static_cast<qsizetype>(size));
    QBuffer buffer(&array);
    buffer.open(QIODevice::ReadOnly);
    std::string said;
    QImage image;
    {
        const Quiet quiet;
        // The limit is ours, in pixels, checked above; Qt's is process-wide and in bytes.
        QImageReader::setAllocationLimit(0);
        QImageReader reader(&buffer, QByteArray::fromStdString(out.header.format));
        reader.setAutoDetectImageFormat(false);
        reader.setAutoTransform(false);  // the turn is read by probe(), which knows more formats' EXIF
        image = reader.read();
        said = quiet.said();
        if (image.isNull() && reader.error() == QImageReader::UnsupportedFormatError) {
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
    if (image.isNull()) {
        return damaged(name, "its pixels cannot be decoded");
    }
    out.header.width = image.width();
    out.header.height = image.height();
    MASKWRIGHT_TRY(checkSize(out.header, name, options.maxPixels));
    out.image = std::make_shared<const QImage>(std::move(image));
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
