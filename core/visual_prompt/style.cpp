// Styles as text, read and written by the table of fields.
#include "core/visual_prompt/style.h"

#include <algorithm>
#include <string_view>

#include "core/visual_prompt/numbers.h"
#include "core/visual_prompt/style_fields.h"

namespace maskwright::visual_prompt {
namespace {

Error usage(Message what, Message advice) { return {ErrorKind::usage, std::move(what), std::move(advice)}; }

std::string presetNames() {
    std::string names;
    for (const Preset& preset : presets()) {
        names += preset.name + ", ";
    }
    return names + "blur_highlight_random";
}

// "context (0..2); background (0..1)".
Message fieldNames() {
    Message names;
    for (const StyleField& field : styleFields()) {
        const Message each = message("%1 (%2)", field.name, field.takes);
        names = names.empty() ? each : message("%1; %2", names, each);
    }
    return names;
}

const Style* findPreset(std::string_view name) {
    const auto& all = presets();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Preset& p) { return p.name == name; });
    return found == all.end() ? nullptr : &found->style;
}

// The reference's other names of the same pixels, and spellings at hand.
std::string_view canonical(std::string_view name) {
    if (name == "separate_seg_ones" || name == "None" || name == "none") {
        return "image_only";
    }
    if (name == "separate_img_black" || name == "separate_both_black") {
        return "image_black";
    }
    return name;
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

}  // namespace

Result<Style> parseStyle(const std::string& text) {
    constexpr std::string_view kMixed = "text_and_";
    std::string_view rest = text;
    if (rest.starts_with(kMixed)) {
        rest.remove_prefix(kMixed.size());
    }
    std::vector<std::string_view> parts = split(rest);
    Style style;
    bool random = false;
    std::uint64_t seed = 0;
    if (parts.front().find('=') == std::string_view::npos) {
        const std::string_view name = canonical(parts.front());
        random = name == "blur_highlight_random";
        const Style* preset = findPreset(name);
        if (name == "concat") {
            return usage("the style concat has four channels, which no encoder here takes",
                         "use shape for the region's shape alone");
        }
        if (preset == nullptr && !random) {
            return usage(message("there is no style %1", quoted(parts.front())),
                         message("use one of %1, or key=value,...", presetNames()));
        }
        if (preset != nullptr) {
            style = *preset;
        }
        parts.erase(parts.begin());
    }
    if (random) {
        if (!parts.empty() && parts.front().starts_with("seed=")) {
            const std::string_view digits = parts.front().substr(5);
            if (!readNumber<std::uint64_t>(digits, 0, ~std::uint64_t{0}, seed)) {
                return usage(message("seed=%1 is no whole number", quoted(digits)), "use seed=0 or more");
            }
            parts.erase(parts.begin());
        }
        style = randomBlurHighlight(seed);
    }
    for (const std::string_view part : parts) {
        const std::size_t equals = part.find('=');
        const std::string_view name = part.substr(0, equals);
        const auto& fields = styleFields();
        const auto field = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.name == name; });
        if (equals == std::string_view::npos || field == fields.end()) {
            return usage(message("a style has no key %1", quoted(name)),
                         message("use key=value with %1", fieldNames()));
        }
        if (const std::string_view value = part.substr(equals + 1); !field->read(style, value)) {
            return usage(message("%1=%2 is out of range", name, quoted(value)),
                         message("%1 takes %2", name, field->takes));
        }
    }
    return style;
}

std::string styleText(const Style& style) {
    for (const Preset& preset : presets()) {
        if (preset.style == style) {
            return preset.name;
        }
    }
    std::string text;
    for (const StyleField& field : styleFields()) {
        const std::string value = field.write(style);
        if (value != field.write(Style{})) {
            text.append(text.empty() ? "" : ",").append(field.name).append("=").append(value);
        }
    }
    return text;
}

Result<void> validate(const Style& style) {
    // What can be written and read back is in range.
    for (const StyleField& field : styleFields()) {
        Style read;
        if (const std::string value = field.write(style); !field.read(read, value)) {
            return usage(message("the style's %1 is %2", field.name, value),
                         message("%1 takes %2", field.name, field.takes));
        }
    }
    return {};
}

bool Style::operator==(const Style& other) const {
    const auto& fields = styleFields();
    return std::all_of(fields.begin(), fields.end(),
                       [&](const StyleField& field) { return field.write(*this) == field.write(other); });
}

}  // namespace maskwright::visual_prompt
