#include "core/base/message.h"

namespace maskwright {

std::string Message::text() const {
    if (verbatim) {
        return pattern;
    }
    std::string filled;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char digit = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
        if (pattern[i] == '%' && digit >= '1' && digit <= '9') {
            const auto place = static_cast<std::size_t>(digit - '1');
            filled += place < arguments.size() ? arguments[place].text() : std::string();
            ++i;
        } else {
            filled += pattern[i];
        }
    }
    return filled;
}

}  // namespace maskwright
