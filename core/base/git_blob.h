// The name git gives a file's contents: SHA-1 of "blob", the length and the bytes (git's own documentation,
// gitglossary "blob object", git-hash-object). The Hugging Face hub names files by it that are not in its large
// storage.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace maskwright {

// One computation, bytes as they come. Not thread-safe. Throws as Sha256 does.
class GitBlob {
  public:
    // `size`: how many bytes will come, all in all.
    explicit GitBlob(std::uint64_t size);
    GitBlob(GitBlob&&) noexcept;
    GitBlob& operator=(GitBlob&&) noexcept;
    ~GitBlob();
    void update(std::span<const std::byte> bytes);
    // Ends the computation: 40 lower-case hex digits.
    std::string finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace maskwright
