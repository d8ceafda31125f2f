// SHA-256 (FIPS 180-4) by libcrypto, for verifying model files.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/digest.h"
#include "core/base/result.h"

namespace maskwright {

// Of bytes as they come: 64 lower-case hex digits.
class Sha256 : public Digest {
  public:
    Sha256() : Digest(Algorithm::sha256) {}
};

Result<std::string> sha256File(const std::filesystem::path& path);

}  // namespace maskwright
