// Names of files that are not UTF-8, for JSON, which has no other bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace maskwright {

// The bytes of such a name in hexadecimal; nothing for one that is UTF-8.
std::optional<std::string> hexOfOtherBytes(std::string_view name);
// The name with these bytes.
std::string nameOfHex(std::string_view hex);

}  // namespace maskwright
