// A hash by libcrypto, for the classes that give it a meaning (sha256.h, git_blob.h).
#pragma once

#include <memory>
#include <span>
#include <string>

namespace maskwright {

// One computation, bytes as they come. Not thread-safe. Throws std::bad_alloc; std::runtime_error where libcrypto has
// been set up to do without the algorithm.
class Digest {
  public:
    enum class Algorithm { sha1, sha256 };
    explicit Digest(Algorithm algorithm);
    Digest(Digest&&) noexcept;
    Digest& operator=(Digest&&) noexcept;
    ~Digest();
    void update(std::span<const std::byte> bytes);
    // Ends the computation: lower-case hex digits, two a byte.
    std::string finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace maskwright
