#include "core/base/sha256.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/digest.h"
#include "core/base/file.h"

namespace maskwright {

struct Sha256::State {
    Digest digest{Digest::Algorithm::sha256};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::span<const std::byte> bytes) { state_->digest.update(bytes); }

std::string Sha256::finish() { return state_->digest.finish(); }

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
