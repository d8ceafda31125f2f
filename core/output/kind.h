// What can be made of a result. All are PNG files at the picture's own size. Values only; any thread.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace maskwright::output {

enum class Kind {
    mask,           // 8-bit grey, 255 inside and 0 outside
    probability,    // 8-bit grey, 255 times the probability
    probability16,  // 16-bit grey, 65535 times the probability
    overlay,        // RGB, the picture with the mask drawn over it: see Appearance
    cutout,         // RGBA, the picture where the mask is and nothing elsewhere: see cutout() in compose.h
    index,          // palette, 0 outside and i where the i-th of at most 255 phrases is the surest
};

struct KindName {
    Kind kind;
    std::string_view name;  // on the command line, and in the names of files
};
inline constexpr std::array<KindName, 6> kKinds = {{{Kind::mask, "mask"},
                                                    {Kind::probability, "probability"},
                                                    {Kind::probability16, "probability16"},
                                                    {Kind::overlay, "overlay"},
                                                    {Kind::cutout, "cutout"},
                                                    {Kind::index, "index"}}};

constexpr std::string_view kindName(Kind kind) {
    for (const KindName& known : kKinds) {
        if (known.kind == kind) {
            return known.name;
        }
    }
    return {};
}

// Whether nothing is to be seen in one of something that was not found.
constexpr bool mayBeEmpty(Kind kind) { return kind == Kind::mask || kind == Kind::overlay || kind == Kind::cutout; }

constexpr std::optional<Kind> kindNamed(std::string_view name) {
    for (const KindName& known : kKinds) {
        if (known.name == name) {
            return known.kind;
        }
    }
    return std::nullopt;
}

}  // namespace maskwright::output
