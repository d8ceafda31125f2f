#include "core/base/git_blob.h"

#include "core/base/digest.h"

namespace maskwright {

struct GitBlob::State {
    Digest digest{Digest::Algorithm::sha1};
};

GitBlob::GitBlob(std::uint64_t size) : state_(std::make_unique<State>()) {
    std::string head = "blob";
    head += ' ' + std::to_string(size);
    head += '\0';
    update(std::as_bytes(std::span(head)));
}

GitBlob::GitBlob(GitBlob&&) noexcept = default;
GitBlob& GitBlob::operator=(GitBlob&&) noexcept = default;
GitBlob::~GitBlob() = default;

void GitBlob::update(std::span<const std::byte> bytes) { state_->digest.update(bytes); }

std::string GitBlob::finish() { return state_->digest.finish(); }

}  // namespace maskwright
