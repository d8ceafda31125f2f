// BMP: a 14-byte file header, then one of several information headers, the first four bytes of which are its size.
#include <cstdlib>

#include "core/image_io/probe.h"

namespace maskwright::image_io {

Result<Header> probeBmp(const Bytes& file, const std::string& name, std::int64_t maxPixels) {
    const std::uint32_t headerSize = file.le32(14);
    if (!file.has(14, headerSize)) {
        return cutShort(name, message("it has only %1 bytes", file.size()));
    }
    Header header{.format = "bmp"};
    std::uint32_t depth = 0, compression = 0;
    std::uint64_t imageBytes = 0;
    if (headerSize == 12) {
        header.width = file.le16(18);
        header.height = file.le16(20);
        depth = file.le16(24);
    } else if (headerSize >= 40) {
        header.width = static_cast<std::int32_t>(file.le32(18));
        header.height = std::abs(static_cast<std::int64_t>(static_cast<std::int32_t>(file.le32(22))));
        depth = file.le16(28);
        compression = file.le32(30);
        imageBytes = file.le32(34);
    } else {
        return unsupported(name, "it is a BMP of an unknown kind");
    }
    if (header.width <= 0 || header.height == 0) {
        return damaged(name, message("its header says it is %1x%2", header.width, header.height));
    }
    if (depth != 1 && depth != 4 && depth != 8 && depth != 16 && depth != 24 && depth != 32) {
        return damaged(name, message("its header says it has %1 bits a pixel", depth));
    }
    if (compression > 3 && compression != 6) {
        return unsupported(name, "it is a BMP with JPEG or PNG inside");
    }
    header.palette = depth <= 8;
    MASKWRIGHT_TRY(checkSize(header, name, maxPixels));
    // Some writers leave the offset of the pixels at zero: then they follow the headers.
    const std::uint64_t offset = std::max<std::uint64_t>(file.le32(10), 14ull + headerSize);
    const bool runs = compression == 1 || compression == 2;
    std::uint64_t padding = 0;  // of a row: the last one's may be missing
    if (!runs) {
        const std::uint64_t rowBits = static_cast<std::uint64_t>(header.width) * depth;
        const std::uint64_t rowBytes = (rowBits + 31) / 32 * 4;
        padding = rowBytes - (rowBits + 7) / 8;
        imageBytes = rowBytes * static_cast<std::uint64_t>(header.height) - padding;
    }
    if (!file.has(offset, std::max<std::uint64_t>(imageBytes, 1))) {
        return cutShort(name, message("the BMP has %1 bytes of %2", file.size(), offset + imageBytes));
    }
    if (!file.has(offset, imageBytes + padding)) {
        // Qt's reader leaves a row out that is not whole.
        header.reduced = std::string(reinterpret_cast<const char*>(file.data()), file.size());
        header.reduced->resize(offset + imageBytes + padding);
    }
    return header;
}

}  // namespace maskwright::image_io
