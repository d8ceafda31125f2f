// JSON as Python's json and JavaScript read it: of a key that is there twice the last value counts. For files whose
// other readers do so; elsewhere core/base/json.h refuses them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/json.h"

namespace maskwright {

// Keys that an object had already, each time they came again.
struct DoubledKeys {
    std::size_t count = 0;
    std::string key;    // the first of them
    std::string where;  // the object it is in: "annotations[3]"; empty for the outermost
};

// As parseJson(), and counts in `doubled` what that refuses.
Result<Json> parseJsonLast(std::string_view text, std::string_view name, DoubledKeys& doubled,
                           ErrorKind kind = ErrorKind::input, const JsonLimits& limits = {});

}  // namespace maskwright
