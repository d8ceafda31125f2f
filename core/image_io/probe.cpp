#include "core/image_io/probe.h"

#include <algorithm>
#include <cstdio>

namespace maskwright::image_io {

Error cutShort(const std::string& name, const Message& what) {
    return {ErrorKind::input, message("%1 is cut short: %2", name, what), "get the file again"};
}

Error damaged(const std::string& name, const Message& what) {
    return {ErrorKind::input, message("%1 is damaged: %2", name, what), "get the file again, or save the picture anew"};
}

Error unsupported(const std::string& name, const Message& what) {
    return {ErrorKind::input, message("cannot read %1: %2", name, what),
            "save the picture as PNG, JPEG, WebP, BMP, TIFF or GIF with 8 or 16 bits a channel"};
}

namespace {

// Small numbers have a place anyway.
std::string megapixels(double pixels, int places) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", std::max(places, pixels < 1e7 ? 1 : 0), pixels / 1e6);
    return text;
}

Result<Header> probeAny(const Bytes& file, const std::string& name, std::int64_t maxPixels) {
    if (file.size() == 0) {
        return Error{ErrorKind::input, message("%1 is empty", name), "get the file again"};
    }
    if (file.is(0, "\x89PNG")) {
        return probePng(file, name, maxPixels);
    }
    if (file.is(0, "\xff\xd8\xff")) {
        return probeJpeg(file, name);
    }
    if (file.is(0, "RIFF") && file.is(8, "WEBP")) {
        return probeWebp(file, name);
    }
    if (file.is(0, "GIF87a") || file.is(0, "GIF89a")) {
        return probeGif(file, name);
    }
    using namespace std::string_view_literals;
    for (const auto magic : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv}) {
        if (file.is(0, magic)) {
            return probeTiff(file, name);
        }
    }
    if (const auto format = heifFormat(file)) {
        return probeHeif(file, name, *format);
    }
    // Two letters are little to go by; the size of the second header settles it.
    if (file.is(0, "BM") && file.le32(14) >= 12 && file.le32(14) <= 256) {
        return probeBmp(file, name, maxPixels);
    }
    for (const auto signature : {"\x89PNG"sv, "\xff\xd8\xff"sv, "RIFF"sv, "GIF8"sv, "BM"sv, "II*\0"sv, "MM\0*"sv}) {
        if (file.size() < 26 && file.is(0, signature.substr(0, std::min<std::size_t>(signature.size(), file.size())))) {
            return cutShort(name, message("it has only %1 bytes", file.size()));
        }
    }
    return Error{
        ErrorKind::input,
        message("cannot read %1: %2", name, Message("it is no PNG, JPEG, WebP, BMP, TIFF, GIF, HEIC or AVIF picture")),
        "save the picture in one of these formats"};
}

}  // namespace

Result<void> checkSize(const Header& header, const std::string& name, std::int64_t maxPixels) {
    const double stored = static_cast<double>(header.width) * static_cast<double>(header.height);
    const double pixels = std::max(stored, static_cast<double>(header.decodedPixels));
    if (pixels <= static_cast<double>(maxPixels)) {
        return {};
    }
    // Enough places that the two differ: 100.1 megapixels where the limit is 100.
    std::string needed = megapixels(pixels, 0), limit = megapixels(static_cast<double>(maxPixels), 0);
    for (int places = 1; needed == limit && places <= 6; ++places) {
        needed = megapixels(pixels, places);
    }
    return Error{ErrorKind::input,
                 pixels > stored ? message("%1 is too large: %2x%3, needing memory for %4 megapixels, the limit is %5",
                                           name, header.width, header.height, needed, limit)
                                 : message("%1 is too large: %2x%3, %4 megapixels, the limit is %5", name, header.width,
                                           header.height, needed, limit),
                 "reduce the picture, or raise the limit with --max-megapixels"};
}

Result<Header> probe(const Bytes& file, const std::string& name, std::int64_t maxPixels) {
    auto header = probeAny(file, name, maxPixels);
    if (header) {
        MASKWRIGHT_TRY(checkSize(*header, name, maxPixels));
    }
    return header;
}

namespace {

// An EXIF block's directories (a little TIFF file).
class Exif {
  public:
    explicit Exif(const Bytes& block) : file_(block.is(0, "Exif") ? block.part(6, block.size()) : block) {
        little_ = file_.is(0, "II");
        whole_ = (little_ || file_.is(0, "MM")) && u16(2) == 42;
    }
    [[nodiscard]] std::optional<std::uint32_t> first() const { return whole_ ? std::optional(u32(4)) : std::nullopt; }
    // Where the entry of `tag` stands.
    [[nodiscard]] std::optional<std::uint64_t> entry(std::optional<std::uint32_t> directory, std::uint32_t tag) const {
        const std::uint32_t entries = directory ? u16(*directory) : 0;
        for (std::uint32_t i = 0; i < entries; ++i) {
            const std::uint64_t at = *directory + 2 + 12 * static_cast<std::uint64_t>(i);
            if (!file_.has(at, 12)) {
                break;
            }
            if (u16(at) == tag) {
                return at;
            }
        }
        return std::nullopt;
    }
    [[nodiscard]] std::optional<std::uint32_t> number(std::optional<std::uint32_t> directory, std::uint32_t tag) const {
        const auto at = entry(directory, tag);
        return !at ? std::nullopt : std::optional(u16(*at + 2) == 4 ? u32(*at + 8) : u16(*at + 8));
    }
    // A text of at most three letters, which stands in the entry itself.
    [[nodiscard]] bool says(std::optional<std::uint32_t> directory, std::uint32_t tag, std::string_view text) const {
        const auto at = entry(directory, tag);
        return at && file_.is(*at + 8, text);
    }

  private:
    [[nodiscard]] std::uint32_t u16(std::uint64_t o) const { return little_ ? file_.le16(o) : file_.be16(o); }
    [[nodiscard]] std::uint32_t u32(std::uint64_t o) const { return little_ ? file_.le32(o) : file_.be32(o); }

    Bytes file_;
    bool little_ = false, whole_ = false;
};

}  // namespace

int exifOrientation(const Bytes& block) {
    const Exif exif(block);
    const std::uint32_t value = exif.number(exif.first(), 0x0112).value_or(1);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
}

bool exifSaysAdobeRgb(const Bytes& block) {
    constexpr std::uint32_t kExif = 0x8769, kColorSpace = 0xa001, kUncalibrated = 0xffff, kInterop = 0xa005;
    const Exif exif(block);
    const auto camera = exif.number(exif.first(), kExif);
    return exif.number(camera, kColorSpace) == kUncalibrated && exif.says(exif.number(camera, kInterop), 1, "R03");
}

}  // namespace maskwright::image_io
