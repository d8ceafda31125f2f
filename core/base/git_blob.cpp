#include "core/base/git_blob.h"

#include <openssl/evp.h>

#include <array>
#include <new>
#include <stdexcept>

namespace maskwright {
namespace {

void check(int done) {
    if (done != 1) {
        throw std::runtime_error("libcrypto does not compute SHA-1 here");
    }
}

}  // namespace

struct GitBlob::State {
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

GitBlob::GitBlob(std::uint64_t size) : state_(std::make_unique<State>()) {
    if (!state_->context) {
        throw std::bad_alloc();
    }
    check(EVP_DigestInit_ex(state_->context.get(), EVP_sha1(), nullptr));
    std::string head = "blob";
    head += ' ' + std::to_string(size);
    head += '\0';
    update(std::as_bytes(std::span(head)));
}

GitBlob::GitBlob(GitBlob&&) noexcept = default;
GitBlob& GitBlob::operator=(GitBlob&&) noexcept = default;
GitBlob::~GitBlob() = default;

void GitBlob::update(std::span<const std::byte> bytes) {
    check(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

std::string GitBlob::finish() {
    std::array<unsigned char, 20> sum{};
    check(EVP_DigestFinal_ex(state_->context.get(), sum.data(), nullptr));
    static constexpr char kHex[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : sum) {
        text += kHex[byte >> 4];
        text += kHex[byte & 15];
    }
    return text;
}

}  // namespace maskwright
