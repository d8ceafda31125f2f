// Named styles, and styles as text.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <string_view>

#include "core/visual_prompt/visual_prompt.h"

namespace maskwright::visual_prompt {
namespace {

constexpr int kMinSize = 16, kMaxSize = 1024, kSizeStep = 16, kMostMark = 64;

Style whole(double background, double blur, double shift = 0, int size = 352) {
    Style style;
    style.crop = false;
    style.backgroundFactor = background;
    style.blurSigma = blur;
    style.shift = shift;
    style.size = size;
    return style;
}

Style cropped(double context, double background, double blur, int size) {
    Style style;
    style.context = context;
    style.backgroundFactor = background;
    style.blurSigma = blur;
    style.size = size;
    return style;
}

template <class Change>
Style with(Style style, Change change) {
    change(style);
    return style;
}

std::vector<Preset> makePresets() {
    const auto tint = [](Tint t) { return [t](Style& s) { s.tint = t; }; };
    const auto content = [](Content c) { return [c](Style& s) { s.content = c; }; };
    const auto tokens = [](TokenMasking m, int layer) {
        return [m, layer](Style& s) {
            s.tokenMasking = m;
            s.maskFromLayer = layer;
        };
    };
    const Style plain = whole(1, 0);
    // The paper's experiment showed CLIP 224 pixels.
    const Style small = whole(1, 0, 0, 224);
    return {
        {"crop_blur_highlight352", "Crop, blur and darken the background", cropped(0.1, 0.1, 3, 352), 23.50},
        {"crop_blur_highlight", "Crop, blur and darken, 224 pixels", cropped(0.1, 0.1, 3, 224), 23.50},
        {"crop", "Crop", cropped(0.1, 1, 1, 224)},
        {"overlay", "Background removed", whole(0, 0)},
        {"highlight", "Background at 15 %", whole(0.15, 0)},
        {"highlight2", "Background at 15 %, object lightened",
         with(whole(0.15, 0),
              [](Style& s) {
                  s.objectFactor = 0.65;
                  s.objectShift = 0.1;
              })},
        {"blur_highlight", "Background blurred a little, 50 %", whole(0.5, 1, -0.01)},
        {"blur3_highlight", "Background blurred, 50 %", whole(0.5, 3, -0.01)},
        {"blur3_highlight01", "Background blurred, 10 %", whole(0.1, 3, -0.01)},
        {"shape", "The region's shape only", with(plain, content(Content::shape))},
        {"image_only", "The picture as it is", plain},
        {"image_black", "Nothing (mean grey)", with(plain, content(Content::nothing))},
        {"outline", "Red outline", with(plain, tint(Tint::outline)), 2.29},
        {"colorize", "Object dyed red", with(plain, tint(Tint::colour)), 1.21},
        {"grayscale", "Background in grey", with(plain, tint(Tint::grayscale))},
        {"rect", "Red rectangle", with(plain, tint(Tint::rectangle))},
        {"separate", "Class token sees the region only", with(plain, tokens(TokenMasking::clsOnly, 0)), 1.71},
        {"background_50", "Background at 50 %", whole(0.5, 0, 0, 224), 3.08},
        {"background_10", "Background at 10 %", whole(0.1, 0, 0, 224), 13.85},
        {"background_0", "Background at 0 %", whole(0, 0, 0, 224), 23.40},
        {"background_blur", "Background blurred", whole(1, 3, 0, 224), 13.15},
        {"background_blur_10", "Background blurred, 10 %, 224 pixels", whole(0.1, 3, 0, 224), 21.73},
        {"crop_large", "Crop with much context", cropped(0.5, 1, 0, 224), 6.27},
        {"crop_small", "Crop with little context", cropped(0.1, 1, 0, 224), 13.60},
        {"crop_blur", "Crop, background blurred", cropped(0.1, 1, 3, 224), 15.34},
        {"crop_10", "Crop, background at 10 %", cropped(0.1, 0.1, 0, 224), 21.73},
        {"cls_last_layer", "Class token sees the region only, last block",
         with(small, tokens(TokenMasking::clsOnly, 11)), 1.34},
        {"cls_all_layers", "Class token sees the region only, all blocks",
         with(small, tokens(TokenMasking::clsOnly, 0)), 1.71},
        {"all_layers", "Everything outside hidden inside the encoder", with(small, tokens(TokenMasking::allLayers, 0)),
         -14.44},
    };
}

Error usage(const std::string& what, const std::string& advice) { return {ErrorKind::usage, what, advice}; }

std::string shortest(double value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
}

// One key of the text form: its range in words, how it is read and how it is written.
struct Key {
    std::string_view name, range;
    std::function<bool(Style&, std::string_view)> read;
    std::function<std::string(const Style&)> write;
};

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

Key number(std::string_view name, std::string_view range, double low, double high, double Style::*member) {
    return {name, range, [=](Style& s, std::string_view text) { return readNumber(text, low, high, s.*member); },
            [=](const Style& s) { return shortest(s.*member); }};
}

template <class Enum, std::size_t n>
Key choice(std::string_view name, std::string_view range, std::array<std::pair<std::string_view, Enum>, n> names,
           Enum Style::*member) {
    return {name, range,
            [=](Style& s, std::string_view text) {
                const auto found =
                    std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.first == text; });
                if (found == names.end()) {
                    return false;
                }
                s.*member = found->second;
                return true;
            },
            [=](const Style& s) {
                return std::string(std::find_if(names.begin(), names.end(), [&](const auto& each) {
                                       return each.second == s.*member;
                                   })->first);
            }};
}

// none | all | from:K | cls | cls:K
bool readTokens(Style& style, std::string_view text) {
    const std::size_t colon = text.find(':');
    const std::string_view kind = text.substr(0, colon);
    int layer = 0;
    if (colon != std::string_view::npos && !readNumber(text.substr(colon + 1), 0, 47, layer)) {
        return false;
    }
    if ((kind == "none" || kind == "all") && colon == std::string_view::npos) {
        style.tokenMasking = kind == "none" ? TokenMasking::none : TokenMasking::allLayers;
    } else if (kind == "from" && colon != std::string_view::npos) {
        style.tokenMasking = TokenMasking::fromLayer;
    } else if (kind == "cls") {
        style.tokenMasking = TokenMasking::clsOnly;
    } else {
        return false;
    }
    style.maskFromLayer = layer;
    return true;
}

std::string writeTokens(const Style& style) {
    const std::string layer = std::to_string(style.maskFromLayer);
    switch (style.tokenMasking) {
        case TokenMasking::none:
            return "none";
        case TokenMasking::allLayers:
            return "all";
        case TokenMasking::fromLayer:
            return "from:" + layer;
        case TokenMasking::clsOnly:
            return "cls:" + layer;
    }
    return "none";
}

// RRGGBB
bool readColour(Style& style, std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (text.size() != 6 || problem != std::errc() || end != text.data() + text.size()) {
        return false;
    }
    style.markColour = {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
                        static_cast<std::uint8_t>(value)};
    return true;
}

std::string writeColour(const Style& style) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t part : style.markColour) {
        text.push_back(kDigits[part / 16u]);
        text.push_back(kDigits[part % 16u]);
    }
    return text;
}

const std::vector<Key>& keys() {
    using Switch = std::pair<std::string_view, bool>;
    using TintName = std::pair<std::string_view, Tint>;
    using ContentName = std::pair<std::string_view, Content>;
    using GroundName = std::pair<std::string_view, Ground>;
    static const std::vector<Key> all = {
        choice("crop", "on or off", std::array{Switch{"on", true}, Switch{"off", false}}, &Style::crop),
        number("context", "0..2", 0, 2, &Style::context),
        number("background", "0..1", 0, 1, &Style::backgroundFactor),
        number("blur", "0..20", 0, 20, &Style::blurSigma),
        choice("tint", "none, outline, colour, grayscale or rectangle",
               std::array{TintName{"none", Tint::none}, TintName{"outline", Tint::outline},
                          TintName{"colour", Tint::colour}, TintName{"grayscale", Tint::grayscale},
                          TintName{"rectangle", Tint::rectangle}},
               &Style::tint),
        {"markwidth", "0..64, 0 being the usual width",
         [](Style& s, std::string_view text) { return readNumber(text, 0, kMostMark, s.markWidth); },
         [](const Style& s) { return std::to_string(s.markWidth); }},
        {"markcolour", "six hexadecimal digits, RRGGBB", readColour, writeColour},
        {"size", "16..1024, a multiple of 16",
         [](Style& s, std::string_view text) {
             int size = 0;
             if (!readNumber(text, kMinSize, kMaxSize, size) || size % kSizeStep != 0) {
                 return false;
             }
             s.size = size;
             return true;
         },
         [](const Style& s) { return std::to_string(s.size); }},
        {"tokens", "none, all, from:K, cls or cls:K with K 0..47", readTokens, writeTokens},
        choice("content", "picture, shape or nothing",
               std::array{ContentName{"picture", Content::picture}, ContentName{"shape", Content::shape},
                          ContentName{"nothing", Content::nothing}},
               &Style::content),
        choice("ground", "grey or black",
               std::array{GroundName{"grey", Ground::grey}, GroundName{"black", Ground::black}}, &Style::ground),
        number("brightness", "0..2", 0, 2, &Style::brightness),
        number("object", "0..2", 0, 2, &Style::objectFactor),
        number("objectshift", "-1..1", -1, 1, &Style::objectShift),
        number("shift", "-1..1", -1, 1, &Style::shift),
    };
    return all;
}

std::string presetNames() {
    std::string names;
    for (const Preset& preset : presets()) {
        names += preset.name + ", ";
    }
    return names + "blur_highlight_random";
}

std::string keyNames() {
    std::string names;
    for (const Key& key : keys()) {
        names.append(names.empty() ? "" : "; ").append(key.name).append(" (").append(key.range).append(")");
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

const std::vector<Preset>& presets() {
    static const std::vector<Preset> all = makePresets();
    return all;
}

Style randomBlurHighlight(std::uint64_t seed) {
    // splitmix64, so that a seed means the same everywhere.
    const auto next = [&seed] {
        std::uint64_t z = (seed += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    };
    const auto sigma = static_cast<double>(next() % 3);
    const double background = 0.1 + 0.8 * static_cast<double>(next() >> 11) / 9007199254740992.0;
    return whole(background, sigma, -0.01);
}

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
            return usage("there is no style " + quoted(parts.front()),
                         "use one of " + presetNames() + ", or key=value,...");
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
                return usage("seed=" + quoted(digits) + " is no whole number", "use seed=0 or more");
            }
            parts.erase(parts.begin());
        }
        style = randomBlurHighlight(seed);
    }
    for (const std::string_view part : parts) {
        const std::size_t equals = part.find('=');
        const std::string_view name = part.substr(0, equals);
        const auto key = std::find_if(keys().begin(), keys().end(), [&](const Key& k) { return k.name == name; });
        if (equals == std::string_view::npos || key == keys().end()) {
            return usage("a style has no key " + quoted(name), "use key=value with " + keyNames());
        }
        if (!key->read(style, part.substr(equals + 1))) {
            return usage(std::string(name) + "=" + quoted(part.substr(equals + 1)) + " is out of range",
                         std::string(name) + " takes " + std::string(key->range));
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
    for (const Key& key : keys()) {
        const std::string value = key.write(style);
        if (value != key.write(Style{})) {
            text.append(text.empty() ? "" : ",").append(key.name).append("=").append(value);
        }
    }
    return text;
}

Result<void> validate(const Style& style) {
    // What can be written and read back is in range.
    for (const Key& key : keys()) {
        Style read;
        if (const std::string value = key.write(style); !key.read(read, value)) {
            return usage("the style's " + std::string(key.name) + " is " + value,
                         std::string(key.name) + " takes " + std::string(key.range));
        }
    }
    return {};
}

}  // namespace maskwright::visual_prompt
