// TIFF by libtiff, sample by sample: Qt's reader takes planes of their own, grey with alpha, CIELab and inks of 16 bits
// for something else, and knows no numbers of more than 16 bits. Private to image_io.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/base/result.h"
#include "core/image_io/image_io.h"

class QImage;  // declared only: headers are free of Qt

namespace maskwright::image_io {

// TIFF 6.0's numbers.
enum class TiffColour { whiteIsZero = 0, blackIsZero = 1, rgb = 2, palette = 3, inks = 5, cieLab = 8, iccLab = 9 };
enum class TiffNumbers { whole = 1, signedWhole = 2, real = 3 };
enum class TiffAlpha { none, multiplied, separate };  // whether colours are multiplied by it

struct TiffLayout {
    int width = 0, height = 0;
    int samples = 1;  // a pixel
    int bits = 8;     // a sample: 8, 16, 32 or 64
    TiffColour colour = TiffColour::blackIsZero;
    TiffNumbers numbers = TiffNumbers::whole;
    TiffAlpha alpha = TiffAlpha::none;  // the sample behind the colours
    std::string profile;                // ICC; empty: none
};

// How many of a pixel's samples are colours; what follows is more.
constexpr int coloursOf(TiffColour colour) {
    const bool one = colour == TiffColour::whiteIsZero || colour == TiffColour::blackIsZero;
    return one || colour == TiffColour::palette ? 1 : (colour == TiffColour::inks ? 4 : 3);
}

// Whether libtiff can undo a compression.
bool hasTiffCodec(std::uint64_t compression);

// Calls begin() once; unless it says no, then row(y, samples) for every row: all samples of a pixel together, in the
// machine's byte order. Strips or tiles, planes or not. -> whether all rows were given
using BeginTiff = std::function<bool(const TiffLayout&)>;
using TakeTiffRow = std::function<void(int, const unsigned char*)>;
bool readTiffRows(std::span<const std::byte> file, const BeginTiff& begin, const TakeTiffRow& row);

struct TiffPicture {
    std::shared_ptr<QImage> image;  // with as many bits as were stored; CIELab and inks with a profile are sRGB already
    std::string profile;            // of an image that is not converted; empty: none
    bool converted = false;
};
// A picture of 8 or 16 bits a sample, in grey, RGB, inks or CIELab. Errors: ErrorKind::input.
Result<TiffPicture> readTiffPicture(std::span<const std::byte> file, const std::string& name);

// The numbers of a file with one sample a pixel, of any kind, as labels: as stored, not yet turned. Errors:
// ErrorKind::input, also where a number is negative, above 4294967295 or not whole.
Result<Plane<std::uint32_t>> readTiffLabels(std::span<const std::byte> file, const std::string& name);

// The indices of a picture with a palette of up to 8 bits, with their colours, not yet turned. Null where it is another
// kind, or damaged.
std::shared_ptr<QImage> tiffIndices(std::span<const std::byte> file);

}  // namespace maskwright::image_io
