// The check that both ways of engineering begin with.
#pragma once

#include <string>

#include "core/image/image.h"

namespace maskwright::visual_prompt {

// Errors: ErrorKind::input where the region is of another size than its picture, or the picture is empty.
inline Result<void> sameSize(int width, int height, const Mask& region) {
    if (width > 0 && height > 0 && width == region.width && height == region.height) {
        return {};
    }
    const auto size = [](int w, int h) { return std::to_string(w) + "x" + std::to_string(h); };
    return Error{
        ErrorKind::input,
        message("the region is %1 but its picture is %2", size(region.width, region.height), size(width, height)),
        "give a region of the picture's size"};
}

}  // namespace maskwright::visual_prompt
