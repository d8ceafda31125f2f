// GIF89a: a screen, then blocks. Only the first frame is kept for the decoder, so its work is one frame's whatever
// follows.
#include "core/image_io/probe.h"

namespace maskwright::image_io {
namespace {

// The offset behind a run of data sub-blocks, or nothing where the file ends first.
std::optional<std::uint64_t> skipBlocks(const Bytes& file, std::uint64_t at) {
    while (file.has(at, 1)) {
        const std::uint64_t length = file.u8(at);
        at += 1 + length;
        if (length == 0) {
            return at;
        }
    }
    return std::nullopt;
}

std::uint64_t colourTable(std::uint32_t flags) { return (flags & 0x80u) != 0 ? 3ull << ((flags & 7u) + 1) : 0; }

}  // namespace

Result<Header> probeGif(const Bytes& file, const std::string& name) {
    const Error ends = cutShort(name, "the GIF ends within its first picture");
    if (!file.has(0, 13)) {
        return ends;
    }
    Header header{.format = "gif", .width = file.le16(6), .height = file.le16(8)};
    for (std::uint64_t at = 13 + colourTable(file.u8(10)); file.has(at, 1);) {
        const std::uint32_t kind = file.u8(at);
        std::optional<std::uint64_t> next;
        if (kind == 0x21) {
            next = skipBlocks(file, at + 2);
        } else if (kind == 0x2c) {
            if (!file.has(at, 10)) {
                return ends;
            }
            header.decodedPixels = static_cast<std::int64_t>(file.le16(at + 5)) * file.le16(at + 7);
            next = skipBlocks(file, at + 11 + colourTable(file.u8(at + 9)));
            if (!next) {
                return ends;
            }
            if (header.width == 0 || header.height == 0 || header.decodedPixels == 0) {
                return damaged(name, "its header says it has no pixels");
            }
            header.palette = true;
            header.reduced = std::string(reinterpret_cast<const char*>(file.data()), *next) + ';';
            return header;
        } else if (kind == 0x3b) {
            return damaged(name, "the GIF holds no picture");
        } else {
            return damaged(name, message("a GIF block of an unknown kind stands at byte %1", at));
        }
        if (!next) {
            return ends;
        }
        at = *next;
    }
    return ends;
}

}  // namespace maskwright::image_io
