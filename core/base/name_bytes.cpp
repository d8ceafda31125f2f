#include "core/base/name_bytes.h"

#include <charconv>

#include "core/base/hex.h"
#include "core/base/json.h"

namespace maskwright {

std::optional<std::string> hexOfOtherBytes(std::string_view name) {
    try {
        (void)Json(name).dump();
        return std::nullopt;
    } catch (const Json::type_error&) {
        return hexOf(std::as_bytes(std::span(name)));
    }
}

std::string nameOfHex(std::string_view hex) {
    std::string name;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        unsigned byte = 0;
        (void)std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
        name += static_cast<char>(byte);
    }
    return name;
}

}  // namespace maskwright
