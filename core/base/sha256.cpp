#include "core/base/sha256.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/file.h"

namespace maskwright {

Result<std::string> sha256File(const std::filesystem::path& path) {
    auto file = FileReader::open(path);
    if (!file) {
        return file.error();
    }
    Sha256 sum;
    std::vector<std::byte> piece(std::size_t{1} << 20);
    for (std::uint64_t at = 0; at < file->size(); at += piece.size()) {
        const auto part =
            std::span(piece).first(static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), file->size() - at)));
        MASKWRIGHT_TRY(file->read(at, part));
        sum.update(part);
    }
    return sum.finish();
}

}  // namespace maskwright
