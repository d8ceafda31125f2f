#include "ui/model/region.h"

#include <algorithm>

namespace maskwright::ui {

std::shared_ptr<const Mask> Region::mask() const {
    const std::lock_guard lock(mutex_);
    auto mask = mask_.lock();
    if (!mask) {
        mask = std::make_shared<const Mask>(toMask(*runs_));
        mask_ = mask;
    }
    return mask;
}

Mask united(const Mask& a, const Mask& b) {
    Mask result = a;
    for (std::size_t i = 0; i < std::min(result.pixels.size(), b.pixels.size()); ++i) {
        result.pixels[i] = std::max(result.pixels[i], b.pixels[i]);
    }
    return result;
}

Mask without(const Mask& a, const Mask& b) {
    Mask result = a;
    for (std::size_t i = 0; i < std::min(result.pixels.size(), b.pixels.size()); ++i) {
        if (b.pixels[i] != 0) {
            result.pixels[i] = 0;
        }
    }
    return result;
}

bool isBlank(const Mask& mask) {
    return std::all_of(mask.pixels.begin(), mask.pixels.end(), [](std::uint8_t v) { return v == 0; });
}

}  // namespace maskwright::ui
