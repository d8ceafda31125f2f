#include "core/base/result.h"

#include <algorithm>
#include <cstdio>

#include "core/base/controls.h"

namespace maskwright {

std::size_t controlAt(std::string_view text, std::size_t i) {
    const auto byte = [&](std::size_t k) { return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0; };
    const int first = byte(0), second = byte(1), third = byte(2);
    const auto thirdIn = [third](int low, int high) { return third >= low && third <= high; };
    if (i < text.size() && (first < 0x20 || first == 0x7f)) {
        return 1;
    }
    if ((first == 0xc2 && (second & 0xe0) == 0x80) || (first == 0xd8 && second == 0x9c)) {
        return 2;
    }
    const bool general = second == 0x80 && (thirdIn(0x8e, 0x8f) || thirdIn(0xa8, 0xae));
    const bool isolates = second == 0x81 && thirdIn(0xa6, 0xa9);
    return first == 0xe2 && (general || isolates) ? 3 : 0;
}

std::string Error::line() const {
    std::string text = advice.empty() ? what.text() : what.text() + "; " + advice.text();
    std::string line;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (const std::size_t bytes = controlAt(text, i); bytes > 0) {
            line += ' ';
            i += bytes - 1;
        } else {
            line += text[i];
        }
    }
    return line;
}

std::string quoted(std::string_view text, std::size_t limit) {
    std::string out = "\"";
    std::size_t used = 0;
    std::size_t escaped = 0;  // bytes of a control character that are still to come
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        // Cut only before a character's first byte, so that the quotation stays UTF-8.
        if (used >= limit && (byte & 0xc0) != 0x80) {
            out += "...";
            break;
        }
        escaped = std::max(escaped, controlAt(text, i));
        if (escaped > 0) {
            --escaped;
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
