// WebP container: RIFF chunks (developers.google.com/speed/webp/docs/riff_container); VP8 and VP8L frame headers.
#include "core/image_io/probe.h"

namespace maskwright::image_io {
namespace {

struct Size {
    std::int64_t width = 0, height = 0;
};

std::int64_t le24(const Bytes& b, std::uint64_t at) {
    return b.le16(at) | static_cast<std::int64_t>(b.u8(at + 2)) << 16;
}

// The size in a VP8 or VP8L bit stream's own header; zeros where it is none.
Size frameSize(const Bytes& type, const Bytes& data) {
    if (type.is(0, "VP8 ") && data.u8(3) == 0x9d && data.u8(4) == 0x01 && data.u8(5) == 0x2a) {
        return {data.le16(6) & 0x3fffu, data.le16(8) & 0x3fffu};
    }
    if (type.is(0, "VP8L") && data.u8(0) == 0x2f) {
        const std::uint32_t bits = data.le32(1);
        return {(bits & 0x3fffu) + 1, ((bits >> 14) & 0x3fffu) + 1};
    }
    return {};
}

}  // namespace

Result<Header> probeWebp(const Bytes& file, const std::string& name) {
    const std::uint64_t end = static_cast<std::uint64_t>(file.le32(4)) + 8;
    // Some writers leave out the padding byte of the last chunk.
    if (end > file.size() + 1 || file.size() < 20) {
        return cutShort(name, message("the WebP has %1 bytes of %2", file.size(), end));
    }
    Header header{.format = "webp"};
    Size canvas, frame;
    bool animated = false;
    for (std::uint64_t at = 12; at + 8 <= end && file.has(at, 8);) {
        const Bytes type = file.part(at, 4);
        const std::uint64_t length = file.le32(at + 4);
        if (at + 8 + length > end || !file.has(at + 8, length)) {
            return cutShort(name, "a part of the WebP is longer than the file");
        }
        const Bytes data = file.part(at + 8, length);
        Size found;
        if (type.is(0, "VP8X")) {
            canvas = {le24(data, 4) + 1, le24(data, 7) + 1};
            animated = (data.u8(0) & 0x02u) != 0;
        } else if (type.is(0, "ANMF")) {
            found = {le24(data, 6) + 1, le24(data, 9) + 1};
        } else if (type.is(0, "VP8 ") || type.is(0, "VP8L")) {
            found = frameSize(type, data);
            header.lossy = header.lossy || type.is(0, "VP8 ");
            if (found.width == 0 || found.height == 0) {
                return damaged(name, "the header of its pixels is broken");
            }
        } else if (type.is(0, "ICCP")) {
            header.profile = true;
        } else if (type.is(0, "EXIF")) {
            header.orientation = exifOrientation(data);
        }
        if (frame.width == 0) {
            frame = found;
        }
        at += 8 + length + (length & 1u);
    }
    if (frame.width == 0) {
        return damaged(name, "the WebP holds no pixels");
    }
    if (canvas.width != 0 && !animated && (canvas.width != frame.width || canvas.height != frame.height)) {
        return damaged(name, "its two headers give two sizes");
    }
    header.width = canvas.width != 0 ? canvas.width : frame.width;
    header.height = canvas.width != 0 ? canvas.height : frame.height;
    header.decodedPixels = frame.width * frame.height;
    return header;
}

}  // namespace maskwright::image_io
