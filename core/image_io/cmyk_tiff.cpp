#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "core/image_io/cmyk.h"

namespace maskwright::image_io {
namespace {

constexpr int kInks = 4;

// A file in memory, as libtiff reads it.
struct Memory {
    std::span<const std::byte> bytes;
    std::uint64_t at = 0;
};

tmsize_t readBytes(thandle_t handle, void* to, tmsize_t size) {
    auto& memory = *static_cast<Memory*>(handle);
    const std::uint64_t begin = std::min<std::uint64_t>(memory.at, memory.bytes.size());
    const std::uint64_t count = std::min<std::uint64_t>(static_cast<std::uint64_t>(size), memory.bytes.size() - begin);
    std::memcpy(to, memory.bytes.data() + begin, count);
    memory.at = begin + count;
    return static_cast<tmsize_t>(count);
}
tmsize_t writeNothing(thandle_t, void*, tmsize_t) { return 0; }
toff_t seek(thandle_t handle, toff_t offset, int whence) {
    auto& memory = *static_cast<Memory*>(handle);
    memory.at = offset + (whence == SEEK_CUR ? memory.at : (whence == SEEK_END ? memory.bytes.size() : 0));
    return memory.at;
}
int close(thandle_t) { return 0; }
toff_t size(thandle_t handle) { return static_cast<Memory*>(handle)->bytes.size(); }

std::uint16_t number(TIFF* tiff, std::uint32_t tag) {
    std::uint16_t value = 0;
    return TIFFGetFieldDefaulted(tiff, tag, &value) != 0 ? value : std::uint16_t(0);
}

}  // namespace

bool readCmykTiff(std::span<const std::byte> file, const BeginRows& begin, const TakeRow& row) {
    Memory memory{file};
    const std::unique_ptr<TIFF, decltype(&TIFFClose)> tiff(
        TIFFClientOpen("picture", "rm", &memory, readBytes, writeNothing, seek, close, size, nullptr, nullptr),
        &TIFFClose);
    if (!tiff) {
        return false;
    }
    std::uint32_t width = 0, height = 0;
    TIFFGetField(tiff.get(), TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff.get(), TIFFTAG_IMAGELENGTH, &height);
    const std::uint16_t bits = number(tiff.get(), TIFFTAG_BITSPERSAMPLE);
    const std::uint16_t samples = number(tiff.get(), TIFFTAG_SAMPLESPERPIXEL);
    if (TIFFIsTiled(tiff.get()) != 0 || number(tiff.get(), TIFFTAG_PLANARCONFIG) != PLANARCONFIG_CONTIG ||
        number(tiff.get(), TIFFTAG_INKSET) != INKSET_CMYK || samples < kInks || (bits != 8 && bits != 16)) {
        return false;
    }
    CmykRows rows{static_cast<int>(width), static_cast<int>(height), bits, false, {}};
    std::uint32_t profileBytes = 0;
    const void* profile = nullptr;
    if (TIFFGetField(tiff.get(), TIFFTAG_ICCPROFILE, &profileBytes, &profile) != 0 && profile != nullptr) {
        rows.profile.assign(static_cast<const char*>(profile), profileBytes);
    }
    const std::size_t channel = bits / 8, all = std::size_t(width) * samples * channel;
    std::vector<unsigned char> line(static_cast<std::size_t>(std::max<tmsize_t>(TIFFScanlineSize(tiff.get()), 0)));
    std::vector<unsigned char> inks(std::size_t(width) * kInks * channel);
    if (line.size() < all || !begin(rows)) {
        return false;
    }
    for (std::uint32_t y = 0; y < height; ++y) {
        if (TIFFReadScanline(tiff.get(), line.data(), y, 0) < 0) {
            return false;
        }
        for (std::size_t x = 0; x < width; ++x) {
            std::memcpy(&inks[x * kInks * channel], &line[x * samples * channel], kInks * channel);
        }
        row(static_cast<int>(y), inks.data());
    }
    return true;
}

}  // namespace maskwright::image_io
