// How a person says an amount of memory.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"

namespace maskwright {

// "2G", "1.5g", "500M", "64K", "1000000": powers of 1024, whole bytes without a letter. "0" is nothing.
// Errors: ErrorKind::usage.
Result<std::int64_t> parseBytes(const std::string& text);

}  // namespace maskwright
