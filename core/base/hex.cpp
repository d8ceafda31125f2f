#include "core/base/hex.h"

namespace maskwright {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

std::string hexOf(std::span<const std::byte> bytes) {
    std::string text;
    for (const std::byte byte : bytes) {
        text += kDigits[std::to_integer<std::size_t>(byte >> 4)];
        text += kDigits[std::to_integer<std::size_t>(byte & std::byte{15})];
    }
    return text;
}

bool isHex(std::string_view text, std::size_t digits) {
    return text.size() == digits && text.find_first_not_of(kDigits) == std::string_view::npos;
}

}  // namespace maskwright
