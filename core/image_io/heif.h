// HEIC and AVIF by libheif: no package of Debian 12 has a reader for Qt 6. Private to image_io.
#pragma once

#include "core/image_io/decoded.h"

namespace maskwright::image_io {

// The primary picture, turned and mirrored as its properties say; EXIF's turn says the same again and is left alone
// (ISO/IEC 23008-12 annex A). Fills in image and profile, and warns of what was not followed. Errors: input.
Result<void> decodeHeif(Decoded& out, std::span<const std::byte> bytes, const std::string& name,
                        std::int64_t maxPixels);

}  // namespace maskwright::image_io
