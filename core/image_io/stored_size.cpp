#include "core/image_io/stored_size.h"

#include <optional>
#include <vector>

#include "core/base/file.h"
#include "core/image_io/image_io.h"
#include "core/image_io/probe.h"

namespace maskwright::image_io {
namespace {

// From JPEG's segments before the first scan (ITU-T T.81, B.1.1); nothing for what is no JPEG, or an unusual one.
std::optional<StoredSize> sizeOfJpeg(const FileReader& file) {
    constexpr std::uint32_t kStart = 0xFFD8, kExif = 0xFFE1, kFirstFrame = 0xFFC0, kLastFrame = 0xFFCF, kScan = 0xFFDA;
    const auto read = [&](std::uint64_t offset, std::uint64_t count) {
        std::vector<std::byte> bytes(offset < file.size() && count <= file.size() - offset ? count : 0);
        return bytes.empty() || file.read(offset, bytes) ? bytes : std::vector<std::byte>();
    };
    const std::vector<std::byte> first = read(0, 2);
    if (Bytes(first).be16(0) != kStart) {
        return std::nullopt;
    }
    StoredSize size;
    for (std::uint64_t at = 2;;) {
        const std::vector<std::byte> head = read(at, 9);  // marker, length; a frame's bits, height and width
        const Bytes bytes(head);
        const std::uint32_t marker = bytes.be16(0), length = bytes.be16(2);
        if (marker == kScan) {
            break;
        }
        if (marker < kFirstFrame || length < 2) {
            return std::nullopt;
        }
        // C4, C8 and CC are tables.
        if (marker == kFirstFrame || (marker <= kLastFrame && marker % 4 != 0)) {
            size.height = static_cast<int>(bytes.be16(5));
            size.width = static_cast<int>(bytes.be16(7));
        } else if (marker == kExif) {
            const std::vector<std::byte> segment = read(at + 4, length - 2);
            size.orientation = Bytes(segment).is(0, "Exif") ? exifOrientation(Bytes(segment)) : size.orientation;
        }
        at += 2 + length;
    }
    return size.width > 0 && size.height > 0 ? std::optional(size) : std::nullopt;
}

}  // namespace

Result<StoredSize> storedSize(const std::string& path) {
    auto file = FileReader::open(path);
    if (!file) {
        return file.error();
    }
    if (const auto jpeg = sizeOfJpeg(*file)) {
        return *jpeg;
    }
    const ReadOptions limits;
    if (file->size() > static_cast<std::uint64_t>(limits.maxBytes)) {
        return Error{ErrorKind::input,
                     message("%1 is too large: %2 bytes, the limit is %3", path, file->size(), limits.maxBytes),
                     "check that it is the right file"};
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(file->size()));
    MASKWRIGHT_TRY(file->read(0, bytes));
    const auto header = probe(Bytes(bytes), path, limits.maxPixels);
    if (!header) {
        return header.error();
    }
    return StoredSize{static_cast<int>(header->width), static_cast<int>(header->height), header->orientation};
}

}  // namespace maskwright::image_io
