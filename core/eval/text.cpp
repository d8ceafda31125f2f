#include "core/eval/text.h"

#include <cstdio>
#include <string_view>

namespace maskwright::eval {

std::string number(double value, const char* format) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

Json figure(double value, std::int64_t of) { return of > 0 ? Json(value) : Json(); }
std::string figure(double value, std::int64_t of, const char* format) {
    return of > 0 ? number(value, format) : std::string();
}

Json shareJson(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? Json(static_cast<double>(part) / static_cast<double>(whole)) : Json();
}
std::string share(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? number(static_cast<double>(part) / static_cast<double>(whole)) : std::string();
}

std::string inMarkdown(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            safe += ' ';
            continue;
        }
        safe += std::string_view("\\|`<").find(c) == std::string_view::npos ? "" : "\\";
        safe += c;
    }
    return safe;
}

}  // namespace maskwright::eval
