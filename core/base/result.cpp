#include "core/base/result.h"

#include <cstdio>

namespace maskwright {
namespace {

// How many bytes the control character at `i` has; 0 where none is. C0, DEL, and in UTF-8 C1 (U+0080 to U+009F), which
// terminals follow too.
std::size_t controlAt(std::string_view text, std::size_t i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7f) {
        return 1;
    }
    const bool two = byte == 0xc2 && i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xe0) == 0x80;
    return two ? 2 : 0;
}

}  // namespace

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
    bool second = false;  // of a control character's two bytes
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        // Cut only before a character's first byte, so that the quotation stays UTF-8.
        if (used >= limit && (byte & 0xc0) != 0x80) {
            out += "...";
            break;
        }
        if (controlAt(text, i) > 0 || (second && (byte & 0xe0) == 0x80)) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\x%02x", byte);
            out += escape;
        } else {
            out += c;
        }
        second = controlAt(text, i) == 2;
        ++used;
    }
    return out + "\"";
}

}  // namespace maskwright
