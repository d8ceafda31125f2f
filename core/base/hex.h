// Bytes as hexadecimal digits, lower case.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace maskwright {

// Two digits a byte.
std::string hexOf(std::span<const std::byte> bytes);
// Whether it is `digits` such digits and nothing else: a hash.
bool isHex(std::string_view text, std::size_t digits);

}  // namespace maskwright
