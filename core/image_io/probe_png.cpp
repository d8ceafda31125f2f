// PNG (ISO/IEC 15948): signature, then chunks of length, type, data, CRC.
#include <array>
#include <cmath>

#include "core/image_io/probe.h"

namespace maskwright::image_io {
namespace {

constexpr std::uint64_t kSignature = 8, kFrame = 12;  // bytes of a chunk beside its data
constexpr std::uint64_t kMaxDeflateRatio = 1032;      // zlib: at most 258 bytes from two bits
// What a picture's pixels depend on. Texts, thumbnails and animation stay out: a text may inflate to megabytes, a file
// may hold thousands.
constexpr std::array<std::string_view, 9> kKept = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS",
                                                   "gAMA", "cHRM", "sRGB", "iCCP"};

std::uint32_t crc32(const Bytes& data) {
    static const auto table = [] {
        std::array<std::uint32_t, 256> made{};
        for (std::uint32_t n = 0; n < 256; ++n) {
            std::uint32_t c = n;
            for (int k = 0; k < 8; ++k) {
                c = (c & 1u) != 0 ? 0xedb88320u ^ (c >> 1) : c >> 1;
            }
            made[n] = c;
        }
        return made;
    }();
    std::uint32_t crc = 0xffffffffu;
    for (std::uint64_t i = 0; i < data.size(); ++i) {
        crc = table[(crc ^ std::to_integer<std::uint32_t>(data.data()[i])) & 0xffu] ^ (crc >> 8);
    }
    return ~crc;
}

int channels(std::uint32_t colourType) {
    switch (colourType) {
        case 0:
            return 1;
        case 2:
            return 3;
        case 3:
            return 1;
        case 4:
            return 2;
        case 6:
            return 4;
        default:
            return 0;
    }
}

bool depthAllowed(std::uint32_t colourType, std::uint32_t depth) {
    const bool low = depth == 1 || depth == 2 || depth == 4;
    switch (colourType) {
        case 0:
            return low || depth == 8 || depth == 16;
        case 3:
            return low || depth == 8;
        default:
            return depth == 8 || depth == 16;
    }
}

// Whether a cHRM chunk has sRGB's white, red, green and blue, as near as programs round them.
bool primariesOfSrgb(const Bytes& chunk) {
    constexpr std::array<double, 8> kSrgb = {0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06};
    for (std::size_t i = 0; i < kSrgb.size(); ++i) {
        if (std::abs(chunk.be32(4 * i) / 100000.0 - kSrgb[i]) > 0.005) {
            return false;
        }
    }
    return true;
}

// How its pixels are coded.
struct Coding {
    std::uint32_t depth = 0, colourType = 0;
    [[nodiscard]] bool deepColours() const { return colourType == 2 && depth == 16; }
};

// The signature, and the IHDR chunk that every PNG begins with.
Result<Header> readBeginning(const Bytes& file, const std::string& name, Coding& coding) {
    using namespace std::string_view_literals;
    if (!file.is(0, "\x89PNG\r\n\x1a\n"sv)) {
        return damaged(name, "its PNG signature is broken, as by a transfer in text mode");
    }
    if (!file.has(kSignature, kFrame + 13)) {
        return cutShort(name, message("it has only %1 bytes", file.size()));
    }
    if (file.be32(kSignature) != 13 || !file.is(kSignature + 4, "IHDR")) {
        return damaged(name, "a PNG must begin with an IHDR chunk");
    }
    Header header{.format = "png", .width = file.be32(16), .height = file.be32(20)};
    coding = {file.u8(24), file.u8(25)};
    if (channels(coding.colourType) == 0 || !depthAllowed(coding.colourType, coding.depth) || file.u8(26) != 0 ||
        file.u8(27) != 0 || file.u8(28) > 1) {
        return damaged(name, "its IHDR chunk describes no kind of PNG there is");
    }
    header.palette = coding.colourType == 3;
    header.greyBits = coding.colourType == 0 ? static_cast<int>(coding.depth) : 0;
    if (header.width == 0 || header.height == 0) {
        return damaged(name, message("its header says it is %1x%2", header.width, header.height));
    }
    return header;
}

// What the chunks say that counts only beside other chunks.
struct Said {
    std::uint64_t imageBytes = 0, paletteBytes = 0;
    std::optional<double> gamma;
    bool standardColours = false, otherPrimaries = false;
};

void readChunk(const Bytes& type, const Bytes& data, bool deepColours, Header& header, Said& said) {
    if (type.is(0, "IDAT")) {
        said.imageBytes += data.size();
    } else if (type.is(0, "PLTE")) {
        said.paletteBytes = data.size();
    } else if (type.is(0, "iCCP")) {
        header.profile = true;
    } else if (type.is(0, "sRGB")) {
        said.standardColours = true;
    } else if (type.is(0, "gAMA")) {
        said.gamma = data.be32(0) / 100000.0;
    } else if (type.is(0, "cHRM")) {
        said.otherPrimaries = !primariesOfSrgb(data);
    } else if (type.is(0, "cICP")) {
        // Primaries and curve of H.273; 2 is one that is not known.
        const CodePoints points{static_cast<int>(data.u8(0)), static_cast<int>(data.u8(1))};
        if (data.size() == 4 && points.primaries != 2 && points.transfer != 2) {
            header.points = points;
        }
    } else if (type.is(0, "tRNS") && deepColours && data.size() == 6) {
        const auto channel = [&](std::uint64_t byte) { return static_cast<std::uint16_t>(data.be16(byte)); };
        header.transparent = {channel(0), channel(2), channel(4)};
    } else if (type.is(0, "eXIf")) {
        header.orientation = exifOrientation(data);
    }
}

// Whether all is there that the chunks before the end should have brought.
Result<void> checkWhole(const Header& header, const Coding& coding, const Said& said, const std::string& name) {
    if (header.palette && (said.paletteBytes == 0 || said.paletteBytes % 3 != 0 || said.paletteBytes > 768)) {
        return damaged(name, "its palette is missing or misshapen");
    }
    const std::uint64_t bitsARow = static_cast<std::uint64_t>(header.width) *
                                   static_cast<std::uint64_t>(channels(coding.colourType)) * coding.depth;
    const double needed = (static_cast<double>(bitsARow) / 8 + 1) * static_cast<double>(header.height);
    if (needed > static_cast<double>(said.imageBytes + 64) * static_cast<double>(kMaxDeflateRatio)) {
        return cutShort(name, message("it says it is %1x%2 but holds only %3 bytes of pixels", header.width,
                                      header.height, said.imageBytes));
    }
    return {};
}

}  // namespace

Result<Header> probePng(const Bytes& file, const std::string& name, std::int64_t maxPixels) {
    Coding coding;
    auto begun = readBeginning(file, name, coding);
    if (!begun) {
        return begun;
    }
    Header& header = *begun;
    MASKWRIGHT_TRY(checkSize(header, name, maxPixels));

    std::string kept(reinterpret_cast<const char*>(file.data()), kSignature);
    kept.reserve(file.size());
    Said said;
    bool ended = false;
    for (std::uint64_t at = kSignature; !ended;) {
        const std::uint64_t length = file.be32(at);
        const Bytes type = file.part(at + 4, 4);
        if (!file.has(at, kFrame) || !file.has(at, kFrame + length)) {
            return cutShort(name, "the PNG ends before its IEND chunk");
        }
        bool keep = false;
        for (const auto wanted : kKept) {
            keep = keep || type.is(0, wanted);
        }
        if (keep && crc32(file.part(at + 4, length + 4)) != file.be32(at + 8 + length)) {
            const std::string chunk(reinterpret_cast<const char*>(type.data()), 4);
            return damaged(name, message("the checksum of its %1 chunk is wrong", chunk));
        }
        if (!keep && (type.u8(0) & 0x20u) == 0) {
            return damaged(name, "it holds a necessary PNG chunk that does not exist");
        }
        readChunk(type, file.part(at + 8, length), coding.deepColours(), header, said);
        // Qt's reader makes of it alpha that it takes for colour.
        const bool misread = type.is(0, "tRNS") && coding.deepColours() && length == 6;
        if (keep && !misread) {
            kept.append(reinterpret_cast<const char*>(file.data()) + at, kFrame + length);
        }
        ended = type.is(0, "IEND");
        at += kFrame + length;
    }
    MASKWRIGHT_TRY(checkWhole(header, coding, said, name));
    // A gamma of 1/2.2 is how older programs say sRGB.
    const bool otherGamma = said.gamma.has_value() && *said.gamma > 0 && std::abs(*said.gamma * 2.2 - 1) > 0.05;
    header.profile =
        header.profile || (!said.standardColours && said.gamma.has_value() && (otherGamma || said.otherPrimaries));
    header.reduced = std::move(kept);
    return begun;
}

}  // namespace maskwright::image_io
