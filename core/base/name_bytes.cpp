#include "core/base/name_bytes.h"

#include <charconv>

#include "core/base/json.h"

namespace maskwright {

std::optional<std::string> hexOfOtherBytes(std::string_view name) {
    try {
        (void)Json(name).dump();
        return std::nullopt;
    } catch (const Json::type_error&) {
        std::string hex;
        for (const char c : name) {
            const auto byte = static_cast<unsigned char>(c);
            hex += "0123456789abcdef"[byte >> 4];
            hex += "0123456789abcdef"[byte & 15];
        }
        return hex;
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
