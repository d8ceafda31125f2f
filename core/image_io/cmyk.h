// The inks of a CMYK JPEG, by libjpeg: Qt makes RGB of them by itself, and what the profile is for is gone. Private to
// image_io.
#pragma once

#include <functional>
#include <span>
#include <string>

namespace maskwright::image_io {

struct CmykRows {
    int width = 0, height = 0;
    bool inverted = false;  // 0 is full ink: a JPEG with Adobe's marker
    std::string profile;    // ICC; empty: none
};

// Calls begin() once; unless it says no, then row(y, pixels) with four channels a pixel for every row. -> whether all
// rows were given and none of their pixels is missing
using BeginRows = std::function<bool(const CmykRows&)>;
using TakeRow = std::function<void(int, const unsigned char*)>;
bool readCmykJpeg(std::span<const std::byte> file, const BeginRows& begin, const TakeRow& row);

}  // namespace maskwright::image_io
