#include "core/base/git_blob.h"

#include <span>
#include <string>

namespace maskwright {

GitBlob::GitBlob(std::uint64_t size) : Digest(Algorithm::sha1) {
    std::string head = "blob";
    head += ' ' + std::to_string(size);
    head += '\0';
    update(std::as_bytes(std::span(head)));
}

}  // namespace maskwright
