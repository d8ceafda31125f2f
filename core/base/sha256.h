// SHA-256 (FIPS 180-4) by libcrypto, for verifying model files.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/base/result.h"

namespace maskwright {

// One computation, bytes as they come. Not thread-safe. Throws std::bad_alloc; std::runtime_error where libcrypto has
// been set up to do without SHA-256.
class Sha256 {
  public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();
    void update(std::span<const std::byte> bytes);
    // Ends the computation: 64 lower-case hex digits.
    std::string finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

Result<std::string> sha256File(const std::filesystem::path& path);

}  // namespace maskwright
