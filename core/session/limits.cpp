#include "core/session/limits.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>

namespace maskwright::session {

namespace {

// Free bytes of the machine (MemAvailable), or 0 where it cannot be told.
std::uint64_t availableMemory() {
    std::ifstream file("/proc/meminfo");
    std::string key, unit;
    std::uint64_t value = 0;
    while (file >> key >> value) {
        std::getline(file, unit);
        if (key == "MemAvailable:") {
            return value * 1024;
        }
    }
    return 0;
}

long gigabytes(double bytes) { return static_cast<long>(std::ceil(bytes / 1e9)); }

}  // namespace

Result<void> checkInputSize(const ModelInfo& model, std::int64_t size) {
    const std::int64_t cell = model.capabilities.cell;
    const std::int64_t least = model.capabilities.smallest, most = model.capabilities.largest;
    if (size >= least && size <= most && size % cell == 0) {
        return {};
    }
    const std::int64_t below = std::clamp(size / cell * cell, least, most);
    const std::int64_t above = std::clamp(below == size ? below : below + cell, least, most);
    const Message nearest = above != below && size > below ? message("%1 or %2", below, above) : message("%1", below);
    if (size == model.capabilities.inputSize) {
        return Error{ErrorKind::weights,
                     message("the model %1 names the input size %2, which is not a multiple of %3 from %4 to %5",
                             model.name, size, cell, least, most),
                     message("correct its preprocessor_config.json, or choose --size %1", nearest)};
    }
    return Error{ErrorKind::usage,
                 message("the size %1 is not a multiple of %2 from %3 to %4", size, cell, least, most),
                 message("the nearest is %1", nearest)};
}

Sides inputSides(int width, int height, std::int64_t size, bool keepAspect, std::int64_t cell) {
    if (!keepAspect) {
        return {size, size};
    }
    const auto shorter = [&](int side, int longer) {
        const double wanted = double(size) * side / longer / double(cell);
        return std::max<std::int64_t>(1, std::llround(wanted)) * cell;
    };
    return width >= height ? Sides{size, shorter(height, width)} : Sides{shorter(width, height), size};
}

Result<void> checkInputMemory(double bytes, std::int64_t width, std::int64_t height) {
    const auto available = double(availableMemory());
    if (available > 0 && bytes > available) {
        return Error{ErrorKind::resource,
                     message("a picture of %1x%2 needs about %3 GB and %4 GB are free", width, height, gigabytes(bytes),
                             gigabytes(available)),
                     "choose a smaller input size (--size)"};
    }
    return {};
}

}  // namespace maskwright::session
