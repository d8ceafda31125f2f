// Pictures from and to files. The only core folder that links Qt Gui; no widgets, no display, no QApplication needed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/image/image.h"

namespace maskwright::image_io {

struct ReadOptions {
    std::int64_t maxPixels = 100'000'000;                      // checked from the header, before decoding
    std::int64_t maxBytes = 1'000'000'000;                     // of the file
    std::array<std::uint8_t, 3> background = {255, 255, 255};  // what transparent pixels are laid over
};

struct Picture {
    Image image;         // sRGB, upright (EXIF turn applied), alpha laid over the background
    std::string format;  // "png", "jpeg", "webp", "bmp", "tiff", "gif", "heic", "avif"
    bool hadAlpha = false;
    Mask alpha;                     // its transparency, 0..255, of the image's size; empty where it had none
    bool hadProfile = false;        // an ICC profile was converted to sRGB
    int orientation = 1;            // EXIF's, which was applied: 5 to 8 swapped the sides
    std::vector<Message> warnings;  // what the picture lacks and what was made of it; each names the file
};

// `path` is UTF-8, any characters. Formats by content, not by name: PNG, JPEG, WebP, BMP, TIFF, HEIC, AVIF, first frame
// of GIF; anything else is refused. Errors: ErrorKind::input.
Result<Picture> read(const std::string& path, const ReadOptions& options = {});
Result<Picture> readBytes(std::span<const std::byte> bytes, const std::string& name, const ReadOptions& options = {});

// A mask picture: what is not zero is inside; mask.h says what counts as zero and can tell labels apart. Nothing inside
// is no error.
Result<Mask> readMask(const std::string& path, const ReadOptions& options = {});

using Texts = std::map<std::string, std::string>;  // PNG text chunks, key to UTF-8 value

// All writers encode PNG and write atomically. Errors: ErrorKind::output.
Result<void> writeMask(const std::string& path, const Mask& mask, const Texts& texts = {});  // 8-bit grey 0/255
Result<void> writeProbability(const std::string& path, const Heatmap& map, const Texts& texts = {});    // 8-bit grey
Result<void> writeProbability16(const std::string& path, const Heatmap& map, const Texts& texts = {});  // 16-bit grey
Result<void> writeImage(const std::string& path, const Image& image, const Texts& texts = {});          // 8-bit RGB
// 8-bit RGBA, 4 bytes a pixel, colours not multiplied by alpha.
Result<void> writeRgba(const std::string& path, int width, int height, std::span<const std::uint8_t> rgba,
                       const Texts& texts = {});
// 8-bit palette picture: 0 is background, i the i-th phrase (at most 255), colours from `palette`.
Result<void> writeIndexed(const std::string& path, const Plane<std::uint8_t>& indices,
                          std::span<const std::array<std::uint8_t, 3>> palette, const Texts& texts = {});

}  // namespace maskwright::image_io
