#include "core/base/bytes.h"

#include <charconv>
#include <string_view>

namespace maskwright {

namespace {

constexpr double kMost = 9e15;  // whole bytes are exact in a double below it

Error notASize(const std::string& text) {
    return {ErrorKind::usage, message("%1 is not an amount of memory", quoted(text)), "say it as 500M or 2G"};
}

}  // namespace

Result<std::int64_t> parseBytes(const std::string& text) {
    constexpr std::string_view kLetters = "KMGT";
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
    if (error != std::errc() || !(value >= 0) || end - at > 1) {
        return notASize(text);
    }
    if (at != end) {
        const std::size_t power = kLetters.find(*at >= 'a' && *at <= 'z' ? static_cast<char>(*at - 'a' + 'A') : *at);
        if (power == std::string_view::npos) {
            return notASize(text);
        }
        value *= static_cast<double>(std::int64_t(1) << (10 * (power + 1)));
    }
    if (!(value < kMost)) {
        return notASize(text);
    }
    return static_cast<std::int64_t>(value);
}

}  // namespace maskwright
