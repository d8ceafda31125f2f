// SHA-256 (FIPS 180-4), for verifying model files.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "core/base/result.h"

namespace maskwright {

class Sha256 {
  public:
    Sha256();
    void update(std::span<const std::byte> bytes);
    // Ends the computation: 64 lower-case hex digits.
    std::string finish();

  private:
    void block(const std::uint8_t* data);
    std::array<std::uint32_t, 8> state_;
    std::array<std::uint8_t, 64> buffer_{};
    std::uint64_t length_ = 0;
};

Result<std::string> sha256File(const std::filesystem::path& path);

}  // namespace maskwright
