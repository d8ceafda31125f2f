// What a picture file says about itself, read without a decoder: format, size, turn, profile, and whether it is all
// there. Private to image_io. Decoders are handed a file only after it has passed here, so a header cannot make them
// allocate more than the caller allows and a file that ends early is told from one that is whole.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/image_io/bytes.h"
#include "core/image_io/colour.h"

namespace maskwright::image_io {

struct Header {
    std::string format;                  // Qt's name: "png", "jpeg", "webp", "bmp", "tiff", "gif"; or "heic", "avif"
    std::int64_t width = 0, height = 0;  // of the picture as stored, before the turn
    std::int64_t decodedPixels = 0;      // most pixels the decoder will hold, where more than width * height
    int orientation = 1;                 // EXIF's 1..8
    bool profile = false;  // colours are not sRGB: an ICC profile, or a PNG's gamma or primaries far from sRGB's
    std::optional<CodePoints> points = std::nullopt;                         // of a PNG: they come before any profile
    std::optional<std::array<std::uint16_t, 3>> transparent = std::nullopt;  // of a PNG with 16 bits: this colour
    bool adobeRgb = false;    // EXIF says so, which counts where there is no profile
    bool palette = false;     // pixels are indices into a palette
    bool lossy = false;       // pixels are not quite what was saved
    int greyBits = 0;         // of a grey picture's pixels, 1..16; 0 where not known
    bool cmyk = false;        // stored as inks
    bool bySamples = false;   // a TIFF for readTiffPicture() in place of Qt's reader
    Message noPicture = {};   // why a TIFF of numbers can be no picture, only a mask (readTiffLabels()); else empty
    bool endMissing = false;  // a JPEG without its end marker, though with all its scans
    // The bytes for the decoder, where fewer than the file's: a PNG without texts, a GIF's first frame, a HEIC's boxes.
    std::optional<std::string> reduced = std::nullopt;
};

// `name` opens every message. More than `maxPixels` is an error. Errors: ErrorKind::input.
Result<Header> probe(const Bytes& file, const std::string& name, std::int64_t maxPixels);

// One for each format; `file` begins with its signature.
Result<Header> probePng(const Bytes& file, const std::string& name, std::int64_t maxPixels);
Result<Header> probeJpeg(const Bytes& file, const std::string& name);
Result<Header> probeWebp(const Bytes& file, const std::string& name);
Result<Header> probeBmp(const Bytes& file, const std::string& name, std::int64_t maxPixels);
Result<Header> probeTiff(const Bytes& file, const std::string& name);
Result<Header> probeGif(const Bytes& file, const std::string& name);
Result<Header> probeHeif(const Bytes& file, const std::string& name, const std::string& format);
// "heic" or "avif" where the file says so; nothing else is told by where its bytes stand.
std::optional<std::string> heifFormat(const Bytes& file);

// The orientation of an EXIF block (a little TIFF file), 1 where there is none or it makes no sense.
int exifOrientation(const Bytes& exif);
// Whether an EXIF block says what cameras set to Adobe RGB write, many of them without a profile (DCF 2.0, "R03").
bool exifSaysAdobeRgb(const Bytes& exif);

// An error where the header asks for more pixels than `maxPixels`.
Result<void> checkSize(const Header& header, const std::string& name, std::int64_t maxPixels);

Error cutShort(const std::string& name, const Message& what);
Error damaged(const std::string& name, const Message& what);
Error unsupported(const std::string& name, const Message& what);

}  // namespace maskwright::image_io
