// JPEG (ITU-T T.81 annex B): segments between markers, then scans of entropy-coded data.
#include <cstring>

#include "core/image_io/probe.h"

namespace maskwright::image_io {
namespace {

// Each scan of a progressive file is a pass over the whole picture; encoders write about ten. A few bytes a scan would
// keep a decoder busy for hours.
constexpr int kMaxScans = 50;

// Where the next marker stands at or after `at`, behind entropy-coded data; the file's size if there is none.
std::uint64_t nextMarker(const Bytes& file, std::uint64_t at) {
    while (at + 1 < file.size()) {
        const void* found = std::memchr(file.data() + at, 0xff, file.size() - at);
        if (found == nullptr) {
            break;
        }
        at = static_cast<std::uint64_t>(static_cast<const std::byte*>(found) - file.data());
        const std::uint32_t code = file.u8(at + 1);
        if (at + 1 < file.size() && code != 0x00 && code != 0xff && !(code >= 0xd0 && code <= 0xd7)) {
            return at;
        }
        at += code == 0xff ? 1 : 2;
    }
    return file.size();
}

bool isFrame(std::uint32_t code) {
    return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
}

}  // namespace

Result<Header> probeJpeg(const Bytes& file, const std::string& name) {
    Header header{.format = "jpeg", .lossy = true};
    const Error missingEnd = cutShort(name, "the JPEG ends before its end marker");
    int scans = 0;
    for (std::uint64_t at = 2;;) {
        while (file.has(at, 2) && file.u8(at) == 0xff && file.u8(at + 1) == 0xff) {
            ++at;  // fill bytes
        }
        if (!file.has(at, 2)) {
            return missingEnd;
        }
        const std::uint32_t code = file.u8(at + 1);
        if (file.u8(at) != 0xff || code == 0) {
            return damaged(name, message("a JPEG marker is missing at byte %1", at));
        }
        at += 2;
        if (code == 0xd9) {
            break;
        }
        if (code == 0x01 || (code >= 0xd0 && code <= 0xd8)) {
            continue;
        }
        const std::uint64_t length = file.be16(at);
        if (!file.has(at, 2) || !file.has(at, length)) {
            return missingEnd;
        }
        if (length < 2) {
            return damaged(name, message("a JPEG segment has no length at byte %1", at));
        }
        const Bytes segment = file.part(at + 2, length - 2);
        if (isFrame(code) && header.width == 0) {
            header.height = segment.be16(1);
            header.width = segment.be16(3);
            if (segment.size() < 6 || header.width == 0 || header.height == 0) {
                return damaged(name, message("its header says it is %1x%2", header.width, header.height));
            }
            if (segment.u8(0) != 8) {
                return unsupported(name, message("it is a JPEG with %1 bits a channel", segment.u8(0)));
            }
            if (code == 0xc3 || (code >= 0xc5 && code <= 0xc7) || code >= 0xcb) {
                return unsupported(name, "it is a lossless or hierarchical JPEG");
            }
        } else if (code == 0xe1 && segment.is(0, "Exif")) {
            header.orientation = exifOrientation(segment);
        } else if (code == 0xe2 && segment.is(0, "ICC_PROFILE")) {
            header.profile = true;
        }
        at += length;
        if (code == 0xda) {
            if (header.width == 0) {
                return damaged(name, "its pixels come before its size");
            }
            if (++scans > kMaxScans) {
                return damaged(name, message("it has more than %1 scans", kMaxScans));
            }
            at = nextMarker(file, at);
        }
    }
    if (scans == 0) {
        return damaged(name, "it holds no pixels");
    }
    return header;
}

}  // namespace maskwright::image_io
