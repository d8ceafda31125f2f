// The inks of CMYK JPEG and TIFF, by libjpeg and libtiff: Qt makes RGB of them by itself, and what the profile is for
// is gone. Private to image_io.
#pragma once

#include <functional>
#include <span>
#include <string>

namespace maskwright::image_io {

struct CmykRows {
    int width = 0, height = 0;
    int bits = 8;           // a channel, or 16
    bool inverted = false;  // 0 is full ink: a JPEG with Adobe's marker
    std::string profile;    // ICC; empty: none
};

// Calls begin() once; unless it says no, then row(y, pixels) with four channels a pixel for every row. -> whether all
// rows were given and none of their pixels is missing
using BeginRows = std::function<bool(const CmykRows&)>;
using TakeRow = std::function<void(int, const unsigned char*)>;
bool readCmykJpeg(std::span<const std::byte> file, const BeginRows& begin, const TakeRow& row);
// begin() is not called for tiles and for planes of their own, which are rare.
bool readCmykTiff(std::span<const std::byte> file, const BeginRows& begin, const TakeRow& row);

}  // namespace maskwright::image_io
