// Masks from picture files: which pixels are inside, and the label of each.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/image_io/image_io.h"

namespace maskwright::image_io {

// What is not zero is inside. What counts as a pixel's value:
// - the palette's index, whatever its colours (PNG, GIF, BMP, TIFF); of a palette of black and white alone white is 1;
// - the number itself in a TIFF of whole numbers of up to 64 bits, with a sign or without, or of floating point;
// - else the brightest channel, as stored: no scaling of 16 bits to 8, no profile;
// - alpha instead, where some pixels are wholly transparent and others not. Colour under alpha 0 is outside.
// Lossy formats (JPEG, WebP and TIFF with JPEG or VP8 inside, HEIC, AVIF) blur edges: there inside begins at 128 of
// 255, or at half of the brightest value where that is less.
using Label = std::uint32_t;
struct MaskFile {
    Plane<Label> labels;                  // upright; 0 outside, else the label, or 1 where there are none
    std::map<Label, std::int64_t> areas;  // pixels of each label; empty where nothing is inside
    Message unlabelled;                   // why the values are no labels; empty where they are
    Message darkness;                     // where nothing is inside: what the file holds
    std::vector<Message> warnings;        // each names the file
};

// Errors: ErrorKind::input, also for numbers below zero, above 4294967295 or not whole. A file with nothing inside is
// none.
Result<MaskFile> readMaskFile(const std::string& path, const ReadOptions& options = {});

// The pixels of one label, or of all. Errors: input where nothing is inside, or where there is no such label (the error
// says which there are). `name` is the file's.
Result<Mask> chooseRegion(const MaskFile& file, const std::string& name,
                          std::optional<std::int64_t> label = std::nullopt);

}  // namespace maskwright::image_io
