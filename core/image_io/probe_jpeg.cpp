// JPEG (ITU-T T.81 annex B): segments between markers, then scans of entropy-coded data.
#include <algorithm>
#include <array>
#include <bitset>
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

// Which coefficients of which components the scans have brought to their last bit (T.81 G.1.1.1). A file that ends with
// its last scan's pixels, but before its end marker, is whole where this is.
class Coverage {
  public:
    void begin(const Bytes& frame) {
        components_ = std::min<std::size_t>(frame.u8(5), ids_.size());
        for (std::size_t c = 0; c < components_; ++c) {
            ids_[c] = frame.u8(6 + 3 * c);
        }
    }
    void add(const Bytes& scan) {
        const std::uint32_t count = scan.u8(0);
        const std::uint32_t first = scan.u8(1 + 2 * count), last = scan.u8(2 + 2 * count),
                            bit = scan.u8(3 + 2 * count) & 15;
        for (std::uint32_t i = 0; i < count; ++i) {
            for (std::size_t c = 0; c < components_; ++c) {
                for (std::uint32_t k = first; ids_[c] == scan.u8(1 + 2 * i) && bit == 0 && k <= last && k < 64; ++k) {
                    done_[c].set(k);
                }
            }
        }
    }
    [[nodiscard]] bool whole() const {
        return components_ > 0 && std::all_of(done_.begin(), done_.begin() + static_cast<std::ptrdiff_t>(components_),
                                              [](const auto& bits) { return bits.all(); });
    }

  private:
    std::array<std::uint32_t, 4> ids_{};
    std::array<std::bitset<64>, 4> done_{};
    std::size_t components_ = 0;
};

bool isFrame(std::uint32_t code) {
    return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
}

// A frame's header: size, channels and how it is coded.
Result<void> readFrame(std::uint32_t code, const Bytes& segment, const std::string& name, Header& header) {
    header.height = segment.be16(1);
    header.width = segment.be16(3);
    if (segment.size() < 6 || header.width == 0 || header.height == 0) {
        return damaged(name, message("its header says it is %1x%2", header.width, header.height));
    }
    if (segment.u8(0) != 8) {
        return unsupported(name, message("it is a JPEG with %1 bits a channel", segment.u8(0)));
    }
    header.cmyk = segment.u8(5) == 4;
    if (code == 0xc3 || (code >= 0xc5 && code <= 0xc7) || code >= 0xcb) {
        return unsupported(name, "it is a lossless or hierarchical JPEG");
    }
    return {};
}

}  // namespace

Result<Header> probeJpeg(const Bytes& file, const std::string& name) {
    Header header{.format = "jpeg", .lossy = true};
    const Error missingEnd = cutShort(name, "the JPEG ends before its end marker");
    int scans = 0;
    Coverage coverage;
    bool afterExif = false;  // where the next marker should be
    for (std::uint64_t at = 2;;) {
        while (file.has(at, 2) && file.u8(at) == 0xff && file.u8(at + 1) == 0xff) {
            ++at;  // fill bytes
        }
        if (!file.has(at, 2)) {
            if (coverage.whole()) {
                header.endMissing = true;
                break;
            }
            return missingEnd;
        }
        const std::uint32_t code = file.u8(at + 1);
        if (file.u8(at) != 0xff || code == 0) {
            if (afterExif) {
                return damaged(name, message("its EXIF block does not end where it says, at byte %1", at));
            }
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
            return code == 0xe1 && file.is(at + 2, "Exif") && scans == 0
                       ? cutShort(name, "its EXIF block is longer than the file")
                       : missingEnd;
        }
        if (length < 2) {
            return damaged(name, message("a JPEG segment has no length at byte %1", at));
        }
        const Bytes segment = file.part(at + 2, length - 2);
        afterExif = code == 0xe1 && segment.is(0, "Exif");
        if (isFrame(code) && header.width == 0) {
            MASKWRIGHT_TRY(readFrame(code, segment, name, header));
            coverage.begin(segment);
        } else if (code == 0xe1 && segment.is(0, "Exif")) {
            header.orientation = exifOrientation(segment);
            header.adobeRgb = exifSaysAdobeRgb(segment);
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
            coverage.add(segment);
            at = nextMarker(file, at);
        }
    }
    if (scans == 0) {
        return damaged(name, "it holds no pixels");
    }
    return header;
}

}  // namespace maskwright::image_io
