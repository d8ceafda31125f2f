// The settings of a style, each with how it is read and written.
#include "core/visual_prompt/style_fields.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "core/base/hex.h"
#include "core/visual_prompt/numbers.h"

namespace maskwright::visual_prompt {
namespace {

std::string between(const Range& range) { return shortest(range.low) + ".." + shortest(range.high); }

template <class T>
StyleField number(std::string name, const Range& range, T Style::*member, std::string meaning = {}) {
    StyleField field;
    field.name = std::move(name);
    field.meaning = std::move(meaning);
    field.values = between(range);
    field.takes = verbatim(field.values);
    field.number = member;
    field.range = range;
    field.read = [range, member](Style& s, std::string_view text) {
        return readNumber(text, static_cast<T>(range.low), static_cast<T>(range.high), s.*member);
    };
    field.write = [member](const Style& s) { return shortest(s.*member); };
    return field;
}

// "on or off", "picture, shape or nothing".
template <class T>
Message listed(const std::vector<std::pair<std::string, T>>& names) {
    Message list = verbatim(names.front().first);
    for (std::size_t i = 1; i + 1 < names.size(); ++i) {
        list = message("%1, %2", list, names[i].first);
    }
    return message("%1 or %2", list, names.back().first);
}

template <class T>
StyleField choice(std::string name, const std::vector<std::pair<std::string, T>>& names, T Style::*member,
                  std::string meaning = {}) {
    StyleField field;
    field.name = std::move(name);
    field.meaning = std::move(meaning);
    for (const auto& each : names) {
        field.values += (field.values.empty() ? "" : "|") + each.first;
    }
    field.takes = listed(names);
    field.read = [names, member](Style& s, std::string_view text) {
        const auto found =
            std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.first == text; });
        if (found == names.end()) {
            return false;
        }
        s.*member = found->second;
        return true;
    };
    field.write = [names, member](const Style& s) {
        const auto found =
            std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.second == s.*member; });
        return found == names.end() ? std::to_string(static_cast<int>(s.*member)) : found->first;
    };
    return field;
}

StyleField lineWidth() {
    StyleField field = number("markwidth", {0, 64, 1}, &Style::markWidth, "0: the usual");
    field.takes = message("%1, 0 being the usual width", field.values);
    return field;
}

StyleField side() {
    StyleField field = number("size", {16, 1024, 16}, &Style::size);
    const int step = static_cast<int>(field.range.step);
    field.meaning = "a multiple of " + std::to_string(step);
    field.takes = message("%1, a multiple of %2", field.values, step);
    field.read = [step, read = field.read](Style& s, std::string_view text) {
        Style with;
        if (!read(with, text) || with.size % step != 0) {
            return false;
        }
        s.size = with.size;
        return true;
    };
    return field;
}

// RRGGBB
StyleField lineColour() {
    StyleField field;
    field.name = "markcolour";
    field.values = "RRGGBB";
    field.takes = "six hexadecimal digits, RRGGBB";
    field.read = [](Style& s, std::string_view text) {
        std::uint32_t value = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
        if (text.size() != 6 || problem != std::errc() || end != text.data() + text.size()) {
            return false;
        }
        s.markColour = {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
                        static_cast<std::uint8_t>(value)};
        return true;
    };
    field.write = [](const Style& s) { return hexOf(std::as_bytes(std::span(s.markColour))); };
    return field;
}

// none | all | from:K | cls | cls:K
StyleField tokens() {
    StyleField field = number("tokens", {0, 47, 1}, &Style::maskFromLayer, "from block K on");
    field.takes = message("none, all, from:K, cls or cls:K with K %1", field.values);
    field.values = "none|all|from:K|cls|cls:K";
    field.read = [readLayer = field.read](Style& s, std::string_view text) {
        const std::size_t colon = text.find(':');
        const bool named = colon != std::string_view::npos;
        const std::string_view kind = text.substr(0, colon);
        Style with;
        if (named && !readLayer(with, text.substr(colon + 1))) {
            return false;
        }
        if ((kind == "none" || kind == "all") && !named) {
            with.tokenMasking = kind == "none" ? TokenMasking::none : TokenMasking::allLayers;
        } else if (kind == "from" && named) {
            with.tokenMasking = TokenMasking::fromLayer;
        } else if (kind == "cls") {
            with.tokenMasking = TokenMasking::clsOnly;
        } else {
            return false;
        }
        s.tokenMasking = with.tokenMasking;
        s.maskFromLayer = with.maskFromLayer;
        return true;
    };
    field.write = [](const Style& s) {
        const std::string layer = std::to_string(s.maskFromLayer);
        switch (s.tokenMasking) {
            case TokenMasking::none:
                return std::string("none");
            case TokenMasking::allLayers:
                return std::string("all");
            case TokenMasking::fromLayer:
                return "from:" + layer;
            case TokenMasking::clsOnly:
                return "cls:" + layer;
        }
        return std::to_string(static_cast<int>(s.tokenMasking));
    };
    return field;
}

std::vector<StyleField> makeFields() {
    return {
        choice<bool>("crop", {{"on", true}, {"off", false}}, &Style::crop),
        number("context", {0, 2, 0.05}, &Style::context, "share of the object's box kept round it"),
        number("background", {0, 1, 0.01}, &Style::backgroundFactor, "brightness"),
        number("blur", {0, 20, 0.25}, &Style::blurSigma, "pixels"),
        choice<Tint>("tint",
                     {{"none", Tint::none},
                      {"outline", Tint::outline},
                      {"colour", Tint::colour},
                      {"grayscale", Tint::grayscale},
                      {"rectangle", Tint::rectangle}},
                     &Style::tint),
        lineWidth(),
        lineColour(),
        side(),
        tokens(),
        choice<Content>("content",
                        {{"picture", Content::picture}, {"shape", Content::shape}, {"nothing", Content::nothing}},
                        &Style::content),
        choice<Ground>("ground", {{"grey", Ground::grey}, {"black", Ground::black}}, &Style::ground,
                       "what darkening pulls towards"),
        number("brightness", {0, 2, 0.01}, &Style::brightness),
        number("object", {0, 2, 0.01}, &Style::objectFactor),
        number("objectshift", {-1, 1, 0.01}, &Style::objectShift),
        number("shift", {-1, 1, 0.01}, &Style::shift),
    };
}

Range rangeOfNumber(StyleField::Number number) {
    for (const StyleField& field : styleFields()) {
        if (field.number == number) {
            return field.range;
        }
    }
    throw std::logic_error("a number of Style is missing in its table of fields");
}

}  // namespace

const std::vector<StyleField>& styleFields() {
    static const std::vector<StyleField> all = makeFields();
    return all;
}

Range rangeOf(double Style::*member) { return rangeOfNumber(member); }
Range rangeOf(int Style::*member) { return rangeOfNumber(member); }

}  // namespace maskwright::visual_prompt
