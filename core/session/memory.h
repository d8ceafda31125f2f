// How much memory may be used for what is only kept to be faster.
#pragma once

#include <cstdint>

namespace maskwright::session {

// EngineOptions::memory where nobody said anything.
inline constexpr std::int64_t kOwnMemory = -1;

// Bytes for the features of pictures where nobody said anything: a 64th of the machine's memory, 256 MiB at most. More
// is no use for a folder, whose pictures do not come back.
std::int64_t ownMemory();

// `memory` of EngineOptions in bytes.
inline std::int64_t bytesToKeep(std::int64_t memory) { return memory < 0 ? ownMemory() : memory; }

}  // namespace maskwright::session
