// What a configuration may ask of a network: bounds that keep a damaged or hostile file from asking for terabytes, and
// what must fit together.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"

namespace maskwright::nn {

inline constexpr std::int64_t kMaxWidth = 16384, kMaxHeads = 1024, kMaxLayers = 128;

// Whether `heads` divide `width` and the activation is one we know. `where` names the part of the configuration.
// Errors: ErrorKind::weights.
Result<void> checkTransformer(const std::string& where, std::int64_t width, std::int64_t heads,
                              const std::string& activation);

}  // namespace maskwright::nn
