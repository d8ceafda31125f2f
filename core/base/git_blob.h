// The name git gives a file's contents: SHA-1 of "blob", the length and the bytes (git's own documentation,
// gitglossary "blob object", git-hash-object). The Hugging Face hub names files by it that are not in its large
// storage.
#pragma once

#include <cstdint>

#include "core/base/digest.h"

namespace maskwright {

// Of bytes as they come: 40 lower-case hex digits.
class GitBlob : public Digest {
  public:
    // `size`: how many bytes will come, all in all.
    explicit GitBlob(std::uint64_t size);
};

}  // namespace maskwright
