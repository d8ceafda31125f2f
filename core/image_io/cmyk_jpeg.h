// CMYK JPEG by libjpeg: Qt makes RGB of it by itself, and what the profile is for is gone. Private to image_io.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "core/base/result.h"

namespace maskwright::image_io {

struct CmykRows {
    int width = 0, height = 0;
    bool inverted = false;  // 0 is full ink: with Adobe's marker
    std::string profile;    // ICC; empty: none
};

// Calls begin() once; unless it says no, then row(y, pixels) with four bytes a pixel for every row. -> whether all rows
// were given and none of their pixels is missing
bool readCmykJpeg(std::span<const std::byte> file, const std::function<bool(const CmykRows&)>& begin,
                  const std::function<void(int, const unsigned char*)>& row);

}  // namespace maskwright::image_io
