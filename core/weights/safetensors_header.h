// The JSON header of a safetensors file, read as a stream: no document is built, and reading stops at the first thing
// wrong.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/weights/safetensors.h"

namespace maskwright::weights {

// Limits of the format (kMaxHeaderBytes) and of ours, far above any real checkpoint, which keep a hostile header cheap.
inline constexpr std::uint64_t kMaxHeaderBytes = 100'000'000;
inline constexpr std::size_t kMaxTensors = 65'536;
inline constexpr std::size_t kMaxNameBytes = 512;
inline constexpr std::size_t kMaxNamesBytes = 16u << 20;  // all names together
inline constexpr std::size_t kMaxDimensions = 16;
inline constexpr std::size_t kMaxMetadataBytes = 4u << 20;
inline constexpr std::size_t kMaxMetadataEntries = 16'384;
inline constexpr std::size_t kMaxTokenBytes = 1u << 20;  // between two JSON events, to within 64 KiB

struct SafetensorsHeader {
    std::map<std::string, TensorInfo, std::less<>> tensors;
    std::map<std::string, std::string, std::less<>> metadata;
};

// Parses the `length` bytes at offset 8 of `file` and checks every entry by itself: fields, types, shape against
// offsets. How the entries lie to each other is the caller's to check. Errors: ErrorKind::weights.
Result<SafetensorsHeader> readSafetensorsHeader(const FileReader& file, std::uint64_t length);

}  // namespace maskwright::weights
