// A file's bytes, read at any offset without a fault: past the end there are zeros. Private to image_io.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace maskwright::image_io {

class Bytes {
  public:
    explicit Bytes(std::span<const std::byte> data) : data_(data) {}

    [[nodiscard]] std::uint64_t size() const { return data_.size(); }
    [[nodiscard]] bool has(std::uint64_t offset, std::uint64_t count) const {
        return offset <= size() && count <= size() - offset;
    }
    [[nodiscard]] Bytes part(std::uint64_t offset, std::uint64_t count) const {
        const std::uint64_t begin = std::min(offset, size());
        return Bytes(data_.subspan(begin, std::min(count, size() - begin)));
    }
    [[nodiscard]] const std::byte* data() const { return data_.data(); }

    [[nodiscard]] std::uint32_t u8(std::uint64_t offset) const {
        return offset < size() ? std::to_integer<std::uint32_t>(data_[offset]) : 0;
    }
    [[nodiscard]] std::uint32_t le16(std::uint64_t o) const { return u8(o) | u8(o + 1) << 8; }
    [[nodiscard]] std::uint32_t be16(std::uint64_t o) const { return u8(o) << 8 | u8(o + 1); }
    [[nodiscard]] std::uint32_t le32(std::uint64_t o) const { return le16(o) | le16(o + 2) << 16; }
    [[nodiscard]] std::uint32_t be32(std::uint64_t o) const { return be16(o) << 16 | be16(o + 2); }

    // Whether `text` stands at `offset`.
    [[nodiscard]] bool is(std::uint64_t offset, std::string_view text) const {
        if (!has(offset, text.size())) {
            return false;
        }
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (u8(offset + i) != static_cast<unsigned char>(text[i])) {
                return false;
            }
        }
        return true;
    }

  private:
    std::span<const std::byte> data_;
};

}  // namespace maskwright::image_io
