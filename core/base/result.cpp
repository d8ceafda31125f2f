#include "core/base/result.h"

#include <cstdio>

namespace maskwright {

std::string Error::line() const {
    std::string text = advice.empty() ? what.text() : what.text() + "; " + advice.text();
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            c = ' ';
        }
    }
    return text;
}

std::string quoted(std::string_view text, std::size_t limit) {
    std::string out = "\"";
    std::size_t used = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        // Cut only before a character's first byte, so that the quotation stays UTF-8.
        if (used >= limit && (byte & 0xc0) != 0x80) {
            out += "...";
            break;
        }
        if (byte < 0x20 || byte == 0x7f) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\x%02x", byte);
            out += escape;
        } else {
            out += c;
        }
        ++used;
    }
    return out + "\"";
}

}  // namespace maskwright
