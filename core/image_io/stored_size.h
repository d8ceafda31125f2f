// How large a picture is as its file stores it, and how EXIF turns it: from the header alone, for data sets of many
// pictures.
#pragma once

#include <string>

#include "core/base/result.h"

namespace maskwright::image_io {

struct StoredSize {
    int width = 0, height = 0;  // before the turn
    int orientation = 1;        // EXIF's 1..8; from 5 on width and height change places

    [[nodiscard]] int uprightWidth() const { return orientation >= 5 ? height : width; }
    [[nodiscard]] int uprightHeight() const { return orientation >= 5 ? width : height; }
};

// Reads little of a JPEG, and any other format whole; nothing is decoded. Errors: ErrorKind::input.
Result<StoredSize> storedSize(const std::string& path);

}  // namespace maskwright::image_io
