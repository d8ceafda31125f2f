#include "core/base/sha256.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>
#include <stdexcept>
#include <vector>

#include "core/base/file.h"

namespace maskwright {
namespace {

void check(int done) {
    if (done != 1) {
        throw std::runtime_error("libcrypto does not compute SHA-256 here");
    }
}

}  // namespace

struct Sha256::State {
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    if (!state_->context) {
        throw std::bad_alloc();
    }
    check(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr));
}

Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::span<const std::byte> bytes) {
    check(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

std::string Sha256::finish() {
    std::array<unsigned char, 32> sum{};
    check(EVP_DigestFinal_ex(state_->context.get(), sum.data(), nullptr));
    static constexpr char kHex[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : sum) {
        text += kHex[byte >> 4];
        text += kHex[byte & 15];
    }
    return text;
}

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
