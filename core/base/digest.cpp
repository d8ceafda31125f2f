#include "core/base/digest.h"

#include <openssl/evp.h>

#include <array>
#include <new>
#include <stdexcept>

#include "core/base/hex.h"

namespace maskwright {

struct Digest::State {
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
    Algorithm algorithm;

    explicit State(Algorithm wanted) : algorithm(wanted) {}
    void check(int done) const {
        if (done != 1) {
            throw std::runtime_error(algorithm == Algorithm::sha1 ? "libcrypto does not compute SHA-1 here"
                                                                  : "libcrypto does not compute SHA-256 here");
        }
    }
};

Digest::Digest(Algorithm algorithm) : state_(std::make_unique<State>(algorithm)) {
    if (!state_->context) {
        throw std::bad_alloc();
    }
    const EVP_MD* kind = algorithm == Algorithm::sha1 ? EVP_sha1() : EVP_sha256();
    state_->check(EVP_DigestInit_ex(state_->context.get(), kind, nullptr));
}

Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;
Digest::~Digest() = default;

void Digest::update(std::span<const std::byte> bytes) {
    state_->check(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

std::string Digest::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned int size = 0;
    state_->check(EVP_DigestFinal_ex(state_->context.get(), sum.data(), &size));
    return hexOf(std::as_bytes(std::span(sum).first(size)));
}

}  // namespace maskwright
