// What a network input may measure. Private to core/session.
#pragma once

#include <cstdint>

#include "core/base/result.h"
#include "core/session/method.h"

namespace maskwright::session {

// A side the model takes: a multiple of its cell within kMinSize and kMaxSize. Errors name the nearest that fit:
// ErrorKind::weights where `size` is the one the model itself names, else usage.
Result<void> checkInputSize(const ModelInfo& model, std::int64_t size);

struct Sides {
    std::int64_t width = 0, height = 0;
};
// What the network sees of a picture of width x height, in pixels: a square of `size`, or with `keepAspect` the
// picture's shape, its longer side `size` and both multiples of the cell.
Sides inputSides(int width, int height, std::int64_t size, bool keepAspect, std::int64_t cell);

// Refuses what would end in the kernel's out-of-memory killer, which no program can catch: a network input of
// width x height that takes `bytes` (clipseg/memory.h). Errors: ErrorKind::resource.
Result<void> checkInputMemory(double bytes, std::int64_t width, std::int64_t height);

}  // namespace maskwright::session
