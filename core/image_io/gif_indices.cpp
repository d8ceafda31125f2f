#include "core/image_io/gif_indices.h"

#include <QImage>
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace maskwright::image_io {
namespace {

constexpr std::uint32_t kExtension = 0x21, kGraphicControl = 0xf9, kPicture = 0x2c;

// The data of a run of sub-blocks; `at` goes behind it.
std::vector<std::uint8_t> blocks(const Bytes& file, std::uint64_t& at) {
    std::vector<std::uint8_t> data;
    while (const std::uint32_t length = file.u8(at)) {
        for (std::uint32_t i = 0; i < length; ++i) {
            data.push_back(static_cast<std::uint8_t>(file.u8(at + 1 + i)));
        }
        at += 1 + length;
    }
    ++at;
    return data;
}

// GIF89a, appendix F: codes of growing width, each a string of indices that is an earlier one and one index more.
class Strings {
  public:
    Strings(const std::vector<std::uint8_t>& data, std::uint32_t rootBits)
        : data_(data), rootBits_(rootBits), clear_(1u << rootBits) {
        restart();
    }
    // Adds to `out` until it has `count`. -> whether it came to that
    bool fill(std::vector<std::uint8_t>& out, std::size_t count) {
        constexpr std::uint32_t kNone = kMost;
        std::uint32_t previous = kNone;
        while (out.size() < count) {
            const auto code = next();
            if (!code || *code == clear_ + 1) {
                return false;
            }
            if (*code == clear_) {
                restart();
                previous = kNone;
                continue;
            }
            if (*code > size_ || (previous == kNone && *code > clear_)) {
                return false;
            }
            // A code that is just being made is the one before it and its own first index.
            const std::uint32_t known = *code == size_ ? previous : *code;
            const std::uint8_t head = first(known);
            if (previous != kNone && size_ < kMost) {
                before_[size_] = static_cast<std::uint16_t>(previous);
                last_[size_++] = head;
            } else if (*code == size_) {
                return false;
            }
            write(*code, out);
            previous = *code;
            width_ += size_ == (1u << width_) && width_ < 12 ? 1 : 0;
        }
        out.resize(count);
        return true;
    }

  private:
    static constexpr std::uint32_t kMost = 4096;

    void restart() {
        width_ = rootBits_ + 1;
        size_ = clear_ + 2;
        for (std::uint32_t i = 0; i < clear_; ++i) {
            last_[i] = static_cast<std::uint8_t>(i);
        }
    }
    std::optional<std::uint32_t> next() {
        if (bit_ + width_ > data_.size() * 8) {
            return std::nullopt;
        }
        std::uint32_t code = 0;
        for (std::uint32_t i = 0; i < width_; ++i, ++bit_) {
            code |= (data_[bit_ / 8] >> (bit_ % 8) & 1u) << i;
        }
        return code;
    }
    std::uint8_t first(std::uint32_t code) const {
        while (code >= clear_ + 2) {
            code = before_[code];
        }
        return last_[code];
    }
    void write(std::uint32_t code, std::vector<std::uint8_t>& out) {
        reversed_.clear();
        for (; code >= clear_ + 2; code = before_[code]) {
            reversed_.push_back(last_[code]);
        }
        reversed_.push_back(last_[code]);
        out.insert(out.end(), reversed_.rbegin(), reversed_.rend());
    }

    const std::vector<std::uint8_t>& data_;
    std::uint32_t rootBits_, clear_, width_ = 0, size_ = 0;
    std::size_t bit_ = 0;
    std::array<std::uint16_t, kMost> before_{};
    std::array<std::uint8_t, kMost> last_{};
    std::vector<std::uint8_t> reversed_;
};

// The picture's row that is stored as number `row` of an interlaced one (appendix E).
int interlaced(int row, int height) {
    constexpr std::array<std::array<int, 2>, 4> kPasses = {{{0, 8}, {4, 8}, {2, 4}, {1, 2}}};
    for (const auto& [begin, step] : kPasses) {
        const int rows = begin < height ? (height - begin + step - 1) / step : 0;
        if (row < rows) {
            return begin + row * step;
        }
        row -= rows;
    }
    return 0;
}

struct Palette {
    std::uint64_t at = 0;
    std::uint32_t count = 0;
};
Palette paletteAt(std::uint64_t at, std::uint32_t flags) {
    return (flags & 0x80u) != 0 ? Palette{at, 2u << (flags & 7u)} : Palette{at, 0};
}

}  // namespace

std::shared_ptr<QImage> gifIndices(const Bytes& file) {
    Palette palette = paletteAt(13, file.u8(10));
    std::optional<std::uint32_t> transparent;
    std::uint64_t at = 13 + 3ull * palette.count;
    while (file.u8(at) == kExtension) {
        if (file.u8(at + 1) == kGraphicControl && (file.u8(at + 3) & 1u) != 0) {
            transparent = file.u8(at + 6);
        }
        at += 2;
        blocks(file, at);
    }
    if (file.u8(at) != kPicture) {
        return nullptr;
    }
    const int left = static_cast<int>(file.le16(at + 1)), top = static_cast<int>(file.le16(at + 3)),
              width = static_cast<int>(file.le16(at + 5)), height = static_cast<int>(file.le16(at + 7));
    const std::uint32_t flags = file.u8(at + 9);
    const Palette own = paletteAt(at + 10, flags);
    palette = own.count > 0 ? own : palette;
    at += 10 + 3ull * own.count;
    const std::uint32_t rootBits = file.u8(at++);
    if (rootBits < 1 || rootBits > 8) {
        return nullptr;
    }
    const std::vector<std::uint8_t> data = blocks(file, at);
    std::vector<std::uint8_t> indices;
    if (!Strings(data, rootBits).fill(indices, static_cast<std::size_t>(width) * static_cast<std::size_t>(height))) {
        return nullptr;
    }
    auto image = std::make_shared<QImage>(static_cast<int>(file.le16(6)), static_cast<int>(file.le16(8)),
                                          QImage::Format_Indexed8);
    if (image->isNull()) {
        return nullptr;
    }
    image->fill(transparent.value_or(0));
    for (int row = 0; row < height; ++row) {
        const int y = top + ((flags & 0x40u) != 0 ? interlaced(row, height) : row);
        for (int x = left; y < image->height() && x < std::min(left + width, image->width()); ++x) {
            image->scanLine(y)[x] = indices[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                                            static_cast<std::size_t>(x - left)];
        }
    }
    QList<QRgb> colours;
    for (std::uint32_t i = 0; i < 256; ++i) {
        const std::uint64_t colour = palette.at + 3ull * i;
        const bool known = i < palette.count;
        const auto channel = [&](std::uint64_t c) { return known ? static_cast<int>(file.u8(colour + c)) : 0; };
        if (known || i == transparent) {
            colours.resize(static_cast<qsizetype>(i) + 1, qRgb(0, 0, 0));
            colours.back() = qRgba(channel(0), channel(1), channel(2), i == transparent ? 0 : 255);
        }
    }
    image->setColorTable(colours);
    return image;
}

}  // namespace maskwright::image_io
