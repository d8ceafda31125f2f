// What can be set of a Style, once: each setting's name, range and meaning. The text form, its checks, the command
// line's help and the window's sliders read this table; the defaults are Style's own. No state, any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/message.h"
#include "core/visual_prompt/style.h"

namespace maskwright::visual_prompt {

// Of a number, both ends included.
struct Range {
    double low = 0, high = 0;
    double step = 0;  // of a slider
};

struct StyleField {
    std::string name;     // in the text form, name=value
    std::string values;   // in short, for a help page: "0..2", "on|off"
    std::string meaning;  // for a help page, English; empty where name and values say it
    Message takes;        // the values in a sentence: "context takes 0..2"
    using Number = std::variant<std::monostate, double Style::*, int Style::*>;
    Number number;  // where it is held, if it is a number
    Range range;    // of the number
    // false, and the style as it was, for anything but a value in range.
    std::function<bool(Style&, std::string_view)> read;
    // What read() takes back; of a value out of range, a text that read() refuses.
    std::function<std::string(const Style&)> write;
};
// In the order of the text form.
const std::vector<StyleField>& styleFields();

// Of the setting that holds this number.
Range rangeOf(double Style::*member);
Range rangeOf(int Style::*member);

}  // namespace maskwright::visual_prompt
