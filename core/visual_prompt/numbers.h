// Numbers of a style's text form: with a point, whatever the language of the system.
#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

namespace maskwright::visual_prompt {

// The shortest text that reads back to the same value.
template <class Number>
std::string shortest(Number value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value == 0 ? Number{} : value);  // no "-0"
    return {text, end.ptr};
}

// false, and `out` as it was, where the text is not a number of low..high from end to end.
template <class Number>
bool readNumber(std::string_view text, Number low, Number high, Number& out) {
    Number value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    // A NaN is in no range.
    if (problem != std::errc() || end != text.data() + text.size() || !(value >= low && value <= high)) {
        return false;
    }
    out = value;
    return true;
}

}  // namespace maskwright::visual_prompt
