#include <tiffio.h>

#include <QImage>
#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "core/image_io/tiff.h"

namespace maskwright::image_io {
namespace {

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

using File = std::unique_ptr<TIFF, decltype(&TIFFClose)>;

File openIn(Memory& memory) {
    return {TIFFClientOpen("picture", "rm", &memory, readBytes, writeNothing, seek, close, size, nullptr, nullptr),
            &TIFFClose};
}

std::uint16_t number(TIFF* tiff, std::uint32_t tag) {
    std::uint16_t value = 0;
    return TIFFGetFieldDefaulted(tiff, tag, &value) != 0 ? value : std::uint16_t(0);
}

TiffAlpha alphaOf(TIFF* tiff, const TiffLayout& layout) {
    const int colours = coloursOf(layout.colour);
    if (layout.samples <= colours || layout.colour == TiffColour::palette) {
        return TiffAlpha::none;
    }
    std::uint16_t count = 0;
    const std::uint16_t* kinds = nullptr;
    if (TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) == 0 || count == 0) {
        // Old writers leave the tag out; readers take one sample more for alpha, which of inks would be one more.
        return layout.samples == colours + 1 && layout.colour != TiffColour::inks ? TiffAlpha::separate
                                                                                  : TiffAlpha::none;
    }
    switch (kinds[0]) {
        case EXTRASAMPLE_ASSOCALPHA:
            return TiffAlpha::multiplied;
        case EXTRASAMPLE_UNASSALPHA:
            return TiffAlpha::separate;
        default:
            return TiffAlpha::none;
    }
}

TiffLayout layoutOf(TIFF* tiff) {
    TiffLayout layout;
    std::uint32_t width = 0, height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    layout.width = static_cast<int>(width);
    layout.height = static_cast<int>(height);
    layout.samples = number(tiff, TIFFTAG_SAMPLESPERPIXEL);
    layout.bits = number(tiff, TIFFTAG_BITSPERSAMPLE);
    layout.colour = static_cast<TiffColour>(number(tiff, TIFFTAG_PHOTOMETRIC));
    layout.numbers = static_cast<TiffNumbers>(number(tiff, TIFFTAG_SAMPLEFORMAT));
    layout.alpha = alphaOf(tiff, layout);
    std::uint32_t profileBytes = 0;
    const void* profile = nullptr;
    if (TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &profileBytes, &profile) != 0 && profile != nullptr) {
        layout.profile.assign(static_cast<const char*>(profile), profileBytes);
    }
    return layout;
}

// Rows of pixels, filled from strips or tiles of one plane or of all samples together.
class Reader {
  public:
    Reader(TIFF* tiff, const TiffLayout& layout) : tiff_(tiff), layout_(layout) {
        tiled_ = TIFFIsTiled(tiff) != 0;
        planes_ = number(tiff, TIFFTAG_PLANARCONFIG) == PLANARCONFIG_SEPARATE && layout.samples > 1;
        pieceWidth_ = static_cast<std::uint32_t>(layout.width);
        if (tiled_) {
            TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &pieceWidth_);
            TIFFGetField(tiff, TIFFTAG_TILELENGTH, &pieceHeight_);
        } else {
            TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &pieceHeight_);
            pieceHeight_ = std::min(pieceHeight_, static_cast<std::uint32_t>(layout.height));
        }
        sample_ = static_cast<std::size_t>(layout.bits) / 8;
        pixel_ = sample_ * static_cast<std::size_t>(layout.samples);
        const tmsize_t piece = tiled_ ? TIFFTileSize(tiff) : TIFFStripSize(tiff);
        const std::size_t needed = std::size_t(pieceWidth_) * pieceHeight_ * (planes_ ? sample_ : pixel_);
        if (pieceWidth_ == 0 || pieceHeight_ == 0 || piece <= 0 || static_cast<std::size_t>(piece) < needed) {
            return;
        }
        if (!tiled_ && !planes_) {
            rows_.resize(static_cast<std::size_t>(TIFFScanlineSize(tiff)));
            return;
        }
        piece_.resize(static_cast<std::size_t>(piece));
        // A tile may be far higher than the picture.
        rows_.resize(std::size_t(std::min(pieceHeight_, static_cast<std::uint32_t>(layout.height))) * rowBytes());
    }

    bool all(const TakeTiffRow& take) {
        const auto height = static_cast<std::uint32_t>(layout_.height);
        if (piece_.empty()) {
            return rows_.size() >= rowBytes() && allLines(height, take);
        }
        for (std::uint32_t top = 0; top < height; top += pieceHeight_) {
            const std::uint32_t rows = std::min(pieceHeight_, height - top);
            if (!band(top, rows)) {
                return false;
            }
            for (std::uint32_t y = 0; y < rows; ++y) {
                take(static_cast<int>(top + y), &rows_[std::size_t(y) * rowBytes()]);
            }
        }
        return true;
    }

  private:
    [[nodiscard]] std::size_t rowBytes() const { return static_cast<std::size_t>(layout_.width) * pixel_; }

    // Without tiles and planes there is no need to hold a strip, which may be all of the picture.
    bool allLines(std::uint32_t height, const TakeTiffRow& take) {
        for (std::uint32_t y = 0; y < height; ++y) {
            if (TIFFReadScanline(tiff_, rows_.data(), y, 0) < 0) {
                return false;
            }
            take(static_cast<int>(y), rows_.data());
        }
        return true;
    }

    bool band(std::uint32_t top, std::uint32_t rows) {
        for (int plane = 0; plane < (planes_ ? layout_.samples : 1); ++plane) {
            for (std::uint32_t left = 0; left < static_cast<std::uint32_t>(layout_.width); left += pieceWidth_) {
                if (!read(left, top, rows, static_cast<std::uint16_t>(plane))) {
                    return false;
                }
                place(left, rows, static_cast<std::size_t>(plane));
            }
        }
        return true;
    }

    bool read(std::uint32_t left, std::uint32_t top, std::uint32_t rows, std::uint16_t plane) {
        if (tiled_) {
            return TIFFReadTile(tiff_, piece_.data(), left, top, 0, plane) >= 0;
        }
        const tmsize_t wanted = static_cast<tmsize_t>(std::size_t(rows) * pieceWidth_ * (planes_ ? sample_ : pixel_));
        return TIFFReadEncodedStrip(tiff_, TIFFComputeStrip(tiff_, top, plane), piece_.data(), wanted) == wanted;
    }

    void place(std::uint32_t left, std::uint32_t rows, std::size_t plane) {
        const std::size_t width = std::min(pieceWidth_, static_cast<std::uint32_t>(layout_.width) - left);
        for (std::size_t y = 0; y < rows; ++y) {
            unsigned char* to = &rows_[y * rowBytes() + left * pixel_];
            if (!planes_) {
                std::memcpy(to, &piece_[y * pieceWidth_ * pixel_], width * pixel_);
                continue;
            }
            const unsigned char* from = &piece_[y * pieceWidth_ * sample_];
            for (std::size_t x = 0; x < width; ++x) {
                std::memcpy(to + x * pixel_ + plane * sample_, from + x * sample_, sample_);
            }
        }
    }

    TIFF* tiff_;
    const TiffLayout& layout_;
    bool tiled_ = false, planes_ = false;
    std::uint32_t pieceWidth_ = 0, pieceHeight_ = 0;  // of a strip or a tile, in pixels
    std::size_t sample_ = 1, pixel_ = 1;              // bytes
    std::vector<unsigned char> piece_, rows_;
};

}  // namespace

bool hasTiffCodec(std::uint64_t compression) {
    return compression <= 65535 && TIFFIsCODECConfigured(static_cast<std::uint16_t>(compression)) != 0;
}

bool readTiffRows(std::span<const std::byte> file, const BeginTiff& begin, const TakeTiffRow& row) {
    Memory memory{file};
    const File tiff = openIn(memory);
    if (!tiff) {
        return false;
    }
    const TiffLayout layout = layoutOf(tiff.get());
    const bool whole = layout.bits == 8 || layout.bits == 16 || layout.bits == 32 || layout.bits == 64;
    if (layout.width < 1 || layout.height < 1 || layout.samples < 1 || !whole || !begin(layout)) {
        return false;
    }
    return Reader(tiff.get(), layout).all(row);
}

std::shared_ptr<QImage> tiffIndices(std::span<const std::byte> file) {
    Memory memory{file};
    const File tiff = openIn(memory);
    if (!tiff) {
        return nullptr;
    }
    const TiffLayout layout = layoutOf(tiff.get());
    const bool known = layout.bits == 1 || layout.bits == 2 || layout.bits == 4 || layout.bits == 8;
    if (layout.colour != TiffColour::palette || layout.samples != 1 || !known) {
        return nullptr;
    }
    auto image = std::make_shared<QImage>(layout.width, layout.height, QImage::Format_Indexed8);
    std::array<std::uint16_t*, 3> colours{};
    if (image->isNull() || TIFFGetField(tiff.get(), TIFFTAG_COLORMAP, &colours[0], &colours[1], &colours[2]) == 0) {
        return nullptr;
    }
    for (int i = 0; i < 1 << layout.bits; ++i) {
        image->setColor(i, qRgb(colours[0][i] >> 8, colours[1][i] >> 8, colours[2][i] >> 8));
    }
    const auto unpack = [&](const unsigned char* from, int left, int right, int y) {
        unsigned char* to = image->scanLine(y);
        for (int x = left, bit = 0; x < right; ++x, bit += layout.bits) {
            to[x] = static_cast<unsigned char>(from[bit / 8] >> (8 - layout.bits - bit % 8) & ((1 << layout.bits) - 1));
        }
    };
    if (TIFFIsTiled(tiff.get()) == 0) {
        std::vector<unsigned char> row(static_cast<std::size_t>(TIFFScanlineSize(tiff.get())));
        for (int y = 0; y < layout.height; ++y) {
            if (TIFFReadScanline(tiff.get(), row.data(), static_cast<std::uint32_t>(y), 0) < 0) {
                return nullptr;
            }
            unpack(row.data(), 0, layout.width, y);
        }
        return image;
    }
    std::uint32_t width = 0, height = 0;
    TIFFGetField(tiff.get(), TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(tiff.get(), TIFFTAG_TILELENGTH, &height);
    const tmsize_t rowBytes = TIFFTileRowSize(tiff.get());
    std::vector<unsigned char> tile(static_cast<std::size_t>(TIFFTileSize(tiff.get())));
    for (std::int64_t top = 0; top < layout.height; top += height) {
        for (std::int64_t left = 0; left < layout.width; left += width) {
            if (TIFFReadTile(tiff.get(), tile.data(), static_cast<std::uint32_t>(left), static_cast<std::uint32_t>(top),
                             0, 0) < 0) {
                return nullptr;
            }
            const auto right = static_cast<int>(std::min<std::int64_t>(layout.width, left + width));
            for (std::int64_t y = top; y < std::min<std::int64_t>(layout.height, top + height); ++y) {
                unpack(&tile[static_cast<std::size_t>((y - top) * rowBytes)], static_cast<int>(left), right,
                       static_cast<int>(y));
            }
        }
    }
    return image;
}

}  // namespace maskwright::image_io
