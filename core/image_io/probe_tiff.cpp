// TIFF 6.0 and BigTIFF: the first directory, whose tags give the size and where the strips or tiles lie.
#include <vector>

#include "core/image_io/probe.h"
#include "core/image_io/tiff.h"

namespace maskwright::image_io {
namespace {

enum Tag : std::uint32_t {
    kWidth = 256,
    kHeight = 257,
    kBits = 258,
    kCompression = 259,  // 6 and 7: JPEG; 50001: WebP
    kPhotometric = 262,
    kStripOffsets = 273,
    kOrientation = 274,
    kSamples = 277,
    kStripBytes = 279,
    kTileWidth = 322,
    kTileHeight = 323,
    kTileOffsets = 324,
    kTileBytes = 325,
    kInkSet = 332,  // 1: cyan, magenta, yellow, black
    kSampleFormat = 339,
    kProfile = 34675,
};

class Directory {
  public:
    explicit Directory(const Bytes& file) : file_(file), little_(file.is(0, "II")) {
        big_ = u16(2) == 43;
        start_ = big_ ? u64(8) : u32(4);
        entries_ = !file_.has(start_, big_ ? 8 : 2) ? 0 : (big_ ? u64(start_) : u16(start_));
        first_ = start_ + (big_ ? 8 : 2);
    }

    // Whether every entry lies within the file.
    [[nodiscard]] bool whole() const {
        return entries_ > 0 && entries_ <= 65535 && file_.has(first_, entries_ * entrySize());
    }

    struct Values {
        std::uint64_t count = 0, offset = 0;
        std::uint32_t type = 0;
    };
    [[nodiscard]] std::optional<Values> find(std::uint32_t tag) const {
        for (std::uint64_t i = 0; i < entries_; ++i) {
            const std::uint64_t entry = first_ + i * entrySize();
            if (u16(entry) != tag) {
                continue;
            }
            Values values{big_ ? u64(entry + 4) : u32(entry + 4), entry + (big_ ? 12 : 8), u16(entry + 2)};
            const std::uint64_t inline_ = big_ ? 8 : 4;
            if (values.count > file_.size()) {
                return Values{0, 0, values.type};
            }
            if (values.count * width(values.type) > inline_) {
                values.offset = big_ ? u64(values.offset) : u32(values.offset);
            }
            return values;
        }
        return std::nullopt;
    }
    [[nodiscard]] bool within(const Values& v) const {
        return v.count > 0 && width(v.type) > 0 && file_.has(v.offset, v.count * width(v.type));
    }
    [[nodiscard]] std::uint64_t value(const Values& v, std::uint64_t i) const {
        const std::uint64_t at = v.offset + i * width(v.type);
        switch (width(v.type)) {
            case 1:
                return file_.u8(at);
            case 2:
                return u16(at);
            case 4:
                return u32(at);
            case 8:
                return u64(at);
            default:
                return 0;
        }
    }
    [[nodiscard]] std::uint64_t number(std::uint32_t tag, std::uint64_t fallback) const {
        const auto values = find(tag);
        return values && within(*values) ? value(*values, 0) : fallback;
    }

  private:
    static std::uint64_t width(std::uint32_t type) {
        switch (type) {
            case 1:
            case 2:
            case 6:
            case 7:
                return 1;
            case 3:
            case 8:
                return 2;
            case 4:
            case 9:
            case 13:
                return 4;
            case 16:
            case 17:
            case 18:
                return 8;
            default:
                return 0;
        }
    }
    [[nodiscard]] std::uint64_t entrySize() const { return big_ ? 20 : 12; }
    [[nodiscard]] std::uint32_t u16(std::uint64_t o) const { return little_ ? file_.le16(o) : file_.be16(o); }
    [[nodiscard]] std::uint32_t u32(std::uint64_t o) const { return little_ ? file_.le32(o) : file_.be32(o); }
    [[nodiscard]] std::uint64_t u64(std::uint64_t o) const {
        const std::uint64_t first = u32(o), second = u32(o + 4);
        return little_ ? first | second << 32 : first << 32 | second;
    }

    const Bytes& file_;
    bool little_, big_ = false;
    std::uint64_t start_ = 0, entries_ = 0, first_ = 0;
};

// PhotometricInterpretation (TIFF 6.0, and its supplement 1 for ICCLab).
enum Photometric : std::uint32_t { kRgb = 2, kPalette = 3, kInks = 5, kYCbCr = 6, kCieLab = 8, kIccLab = 9 };

// Why it is no picture that can be shown; empty where it is one.
Message noPicture(const Directory& directory, std::uint64_t samples, std::uint64_t bits, std::uint64_t photometric) {
    const std::uint64_t format = directory.number(kSampleFormat, 1);
    if (format == 3) {
        return message("it is a TIFF with %1 channels of %2 bits, floating point", samples, bits);
    }
    if (format == 2) {
        return message("it is a TIFF with %1 channels of %2 bits, with a sign", samples, bits);
    }
    const bool small = samples == 1 && (bits == 1 || bits == 2 || bits == 4);
    if (photometric == kPalette && samples == 1 && bits > 8) {
        return message("it is a TIFF with a palette of %1 bits", bits);
    }
    const bool known = bits == 8 || bits == 16 || (small && (photometric <= 1 || photometric == kPalette));
    if (samples == 0 || samples > 32 || !known || format > 4) {
        return message("it is a TIFF with %1 channels of %2 bits", samples, bits);
    }
    std::uint64_t needed = 0;
    switch (photometric) {
        case 0:
        case 1:
        case kPalette:
            needed = 1;
            break;
        case kRgb:
        case kYCbCr:
        case kCieLab:
        case kIccLab:
            needed = 3;
            break;
        case kInks:
            needed = 4;
            break;
        default:
            return message("it is a TIFF of the colours %1 (PhotometricInterpretation)", photometric);
    }
    if (photometric == kInks && directory.number(kInkSet, 1) != 1) {
        return "it is a TIFF of other inks than CMYK";
    }
    return samples < needed ? message("it is a TIFF of the colours %1 with %2 channels", photometric, samples)
                            : Message();
}

constexpr std::uint64_t kMaxSide = 1ull << 31;

// Whether all pieces of pixels lie within the file.
bool piecesWithin(const Bytes& file, const Directory& directory, std::uint32_t offsetsTag, std::uint32_t bytesTag) {
    const auto offsets = directory.find(offsetsTag), bytes = directory.find(bytesTag);
    if (!offsets || !directory.within(*offsets)) {
        return false;
    }
    // Some old writers leave the byte counts out; libtiff then reckons them.
    const bool counted = bytes && directory.within(*bytes) && bytes->count >= offsets->count;
    for (std::uint64_t i = 0; i < offsets->count; ++i) {
        if (!file.has(directory.value(*offsets, i), counted ? directory.value(*bytes, i) : 1)) {
            return false;
        }
    }
    return true;
}

}  // namespace

Result<Header> probeTiff(const Bytes& file, const std::string& name) {
    const Directory directory(file);
    if (!directory.whole()) {
        return cutShort(name, "the directory of the TIFF lies past its end");
    }
    const std::uint64_t width = directory.number(kWidth, 0), height = directory.number(kHeight, 0);
    if (width == 0 || height == 0 || width >= kMaxSide || height >= kMaxSide) {
        return damaged(name, "its directory gives no sensible size");
    }
    const std::uint64_t samples = directory.number(kSamples, 1), bits = directory.number(kBits, 1);
    const std::uint64_t photometric = directory.number(kPhotometric, 1),
                        compression = directory.number(kCompression, 1);
    const Message problem = noPicture(directory, samples, bits, photometric);
    const bool whole = bits == 16 || bits == 32 || bits == 64;
    const bool numbers = samples == 1 && (photometric <= 1 || photometric == kPalette) &&
                         (whole || (bits == 8 && directory.number(kSampleFormat, 1) != 3));
    if (!problem.empty() && !numbers) {
        return unsupported(name, problem);
    }
    if (!hasTiffCodec(compression)) {
        return unsupported(name, message("it is a TIFF of the compression %1", compression));
    }
    Header header{
        .format = "tiff", .width = static_cast<std::int64_t>(width), .height = static_cast<std::int64_t>(height)};
    double pixels = static_cast<double>(width) * static_cast<double>(height);
    const bool tiled = directory.find(kTileWidth).has_value() || directory.find(kTileOffsets).has_value();
    if (tiled) {
        const std::uint64_t tileWidth = directory.number(kTileWidth, 0), tileHeight = directory.number(kTileHeight, 0);
        if (tileWidth == 0 || tileHeight == 0 || tileWidth >= kMaxSide || tileHeight >= kMaxSide) {
            return damaged(name, "its tiles have no sensible size");
        }
        // A tile is decoded whole, however little of it lies within the picture.
        pixels = std::max(pixels, static_cast<double>(tileWidth) * static_cast<double>(tileHeight));
        header.decodedPixels = static_cast<std::int64_t>(tileWidth * tileHeight);
    }
    // Many or wide channels weigh as much as more pixels of the widest everyday kind, four channels of 16 bits.
    const double weighed = pixels * (static_cast<double>(samples * bits) / 64);
    header.decodedPixels = std::max(header.decodedPixels, static_cast<std::int64_t>(std::min(weighed, 4e18)));
    if (!piecesWithin(file, directory, tiled ? kTileOffsets : kStripOffsets, tiled ? kTileBytes : kStripBytes)) {
        return cutShort(name, "some of the pixels of the TIFF lie past its end");
    }
    const std::uint64_t turn = directory.number(kOrientation, 1);
    header.orientation = turn >= 1 && turn <= 8 ? static_cast<int>(turn) : 1;
    header.profile = directory.find(kProfile).has_value();
    header.palette = photometric == 3;
    header.cmyk = photometric == 5;
    header.greyBits = photometric <= 1 && samples == 1 ? static_cast<int>(bits) : 0;
    header.lossy = compression == 6 || compression == 7 || compression == 50001;
    header.noPicture = problem;
    // JPEG inside, and colours that it made of others, are libtiff's own affair behind Qt's reader; but inks stay inks.
    const bool jpeg = compression == 6 || compression == 7;
    header.bySamples = (bits == 8 || bits == 16) && photometric != kPalette && photometric != kYCbCr &&
                       (!jpeg || (compression == 7 && photometric == kInks && bits == 8));
    header.profile = header.profile && photometric != kCieLab && photometric != kIccLab;
    return header;
}

}  // namespace maskwright::image_io
