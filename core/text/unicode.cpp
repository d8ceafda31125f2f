#include "core/text/unicode.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace maskwright::text {
namespace {

struct Range {
    char32_t first, last;
};

// Letters and numbers of Unicode 15.1 and 16.0 (DerivedGeneralCategory.txt): Debian 12's ICU 72 knows 15.0.
constexpr Range kNewLetters[] = {{0x1c89, 0x1c8a},   {0xa7cb, 0xa7cd},   {0xa7da, 0xa7dc},   {0x105c0, 0x105f3},
                                 {0x10d4a, 0x10d65}, {0x10d6f, 0x10d85}, {0x10ec2, 0x10ec4}, {0x11380, 0x11389},
                                 {0x1138b, 0x1138b}, {0x1138e, 0x1138e}, {0x11390, 0x113b5}, {0x113b7, 0x113b7},
                                 {0x113d1, 0x113d1}, {0x113d3, 0x113d3}, {0x11bc0, 0x11be0}, {0x13460, 0x143fa},
                                 {0x16100, 0x1611d}, {0x16d40, 0x16d6c}, {0x18cff, 0x18cff}, {0x1e5d0, 0x1e5ed},
                                 {0x1e5f0, 0x1e5f0}, {0x2ebf0, 0x2ee5d}};
constexpr Range kNewNumbers[] = {{0x10d40, 0x10d49}, {0x116d0, 0x116e3}, {0x11bf0, 0x11bf9}, {0x16130, 0x16139},
                                 {0x16d70, 0x16d79}, {0x1ccf0, 0x1ccf9}, {0x1e5f1, 0x1e5fa}};

// Lower case of the capitals of Unicode 16.0 and 17.0 (UnicodeData.txt), by distance.
struct Lowering {
    char32_t first, last;
    std::int32_t distance;
};
constexpr Lowering kNewLowerings[] = {{0x1c89, 0x1c89, 1},      {0xa7cb, 0xa7cb, 0x264 - 0xa7cb},
                                      {0xa7cc, 0xa7cc, 1},      {0xa7ce, 0xa7ce, 1},
                                      {0xa7d2, 0xa7d2, 1},      {0xa7d4, 0xa7d4, 1},
                                      {0xa7da, 0xa7da, 1},      {0xa7dc, 0xa7dc, 0x19b - 0xa7dc},
                                      {0x10d50, 0x10d65, 0x20}, {0x16ea0, 0x16eb8, 0x1b}};

template <std::size_t N>
bool within(char32_t c, const Range (&ranges)[N]) {
    const auto* found = std::upper_bound(std::begin(ranges), std::end(ranges), c,
                                         [](char32_t value, const Range& range) { return value < range.first; });
    return found != std::begin(ranges) && c <= (found - 1)->last;
}

char32_t lowered(char32_t c) {
    for (const Lowering& each : kNewLowerings) {
        if (c >= each.first && c <= each.last) {
            return static_cast<char32_t>(static_cast<std::int32_t>(c) + each.distance);
        }
    }
    return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

const icu::Normalizer2* composer() {
    static const icu::Normalizer2* const instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* found = icu::Normalizer2::getNFCInstance(status);
        return U_SUCCESS(status) ? found : nullptr;  // null only where ICU was built without its data
    }();
    return instance;
}

bool knownToNormalizer(char32_t c) {
    constexpr std::uint8_t kNormalizerUnicode = 9;
    UVersionInfo age;
    u_charAge(static_cast<UChar32>(c), age);
    return age[0] <= kNormalizerUnicode;
}

struct Marked {
    char32_t c;
    std::uint8_t combiningClass;
};

void decompose(std::u32string_view text, const icu::Normalizer2& normalizer, std::vector<Marked>& out) {
    icu::UnicodeString parts;
    const auto append = [&](char32_t c) {
        const auto kind =
            knownToNormalizer(c) ? normalizer.getCombiningClass(static_cast<UChar32>(c)) : std::uint8_t{0};
        out.push_back({c, kind});
    };
    for (const char32_t c : text) {
        if (c < 0xc0) {
            out.push_back({c, 0});
        } else if (knownToNormalizer(c) && normalizer.getDecomposition(static_cast<UChar32>(c), parts)) {
            for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
                append(static_cast<char32_t>(parts.char32At(i)));
            }
        } else {
            append(c);
        }
    }
    for (auto begin = out.begin(); begin != out.end();) {
        if (begin->combiningClass == 0) {
            ++begin;
            continue;
        }
        const auto end = std::find_if(begin, out.end(), [](const Marked& mark) { return mark.combiningClass == 0; });
        std::stable_sort(begin, end,
                         [](const Marked& a, const Marked& b) { return a.combiningClass < b.combiningClass; });
        begin = end;
    }
}

}  // namespace

std::u32string decodeUtf8(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    // ICU counts in 32 bits: hand it the text from `start` on, never more than fits.
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    for (std::size_t start = 0; start < text.size();) {
        if (bytes[start] < 0x80) {
            out.push_back(bytes[start++]);
            continue;
        }
        const auto left = static_cast<std::int32_t>(std::min<std::size_t>(text.size() - start, 8));
        std::int32_t used = 0;
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes + start, used, left, c);
        out.push_back(static_cast<char32_t>(c));
        start += static_cast<std::size_t>(used);
    }
    return out;
}

void appendUtf8(char32_t c, std::string& out) {
    char bytes[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(reinterpret_cast<std::uint8_t*>(bytes), length, static_cast<UChar32>(c));
    out.append(bytes, static_cast<std::size_t>(length));
}

std::string encodeUtf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char32_t c : text) {
        appendUtf8(c, out);
    }
    return out;
}

CharacterClass characterClass(char32_t c) {
    const std::uint32_t category = U_GET_GC_MASK(static_cast<UChar32>(c));
    if ((category & U_GC_L_MASK) != 0 || within(c, kNewLetters)) {
        return CharacterClass::letter;
    }
    if ((category & U_GC_N_MASK) != 0 || within(c, kNewNumbers)) {
        return CharacterClass::number;
    }
    return u_isUWhiteSpace(static_cast<UChar32>(c)) ? CharacterClass::space : CharacterClass::other;
}

std::u32string nfc(std::u32string_view text) {
    const icu::Normalizer2* normalizer = composer();
    // Below U+0300 every character is composed and no two compose.
    if (normalizer == nullptr || std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x300; })) {
        return std::u32string(text);
    }
    std::vector<Marked> parts;
    parts.reserve(text.size() + text.size() / 4);
    decompose(text, *normalizer, parts);

    std::u32string out;
    out.reserve(parts.size());
    constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
    std::size_t starter = kNone;  // where in `out` the last starter is
    int last = -1;                // combining class of what `out` holds after the starter; -1: nothing
    for (const Marked& part : parts) {
        const int kind = part.combiningClass;
        if (starter != kNone && last < kind && knownToNormalizer(part.c) && knownToNormalizer(out[starter])) {
            const UChar32 composed =
                normalizer->composePair(static_cast<UChar32>(out[starter]), static_cast<UChar32>(part.c));
            if (composed >= 0 && knownToNormalizer(static_cast<char32_t>(composed))) {
                out[starter] = static_cast<char32_t>(composed);
                continue;
            }
        }
        if (kind == 0) {
            starter = out.size();
            last = -1;
        } else {
            last = kind;
        }
        out.push_back(part.c);
    }
    return out;
}

std::u32string lowerCase(std::u32string_view text) {
    constexpr char32_t kCapitalDottedI = 0x130;
    std::u32string out;
    out.reserve(text.size());
    for (const char32_t c : text) {
        if (c < 0x80) {
            out.push_back(c >= U'A' && c <= U'Z' ? c + 32 : c);
        } else if (c == kCapitalDottedI) {
            out += {U'i', char32_t{0x307}};
        } else {
            out.push_back(lowered(c));
        }
    }
    return out;
}

std::u32string collapseSpace(std::u32string_view text) {
    std::u32string out;
    out.reserve(text.size());
    bool inSpace = false;
    for (const char32_t c : text) {
        const bool space = characterClass(c) == CharacterClass::space;
        if (!space) {
            out.push_back(c);
        } else if (!inSpace) {
            out.push_back(U' ');
        }
        inSpace = space;
    }
    return out;
}

bool isWordCharacter(char32_t c) {
    const auto point = static_cast<UChar32>(c);
    return u_hasBinaryProperty(point, UCHAR_ALPHABETIC) != 0 || u_hasBinaryProperty(point, UCHAR_JOIN_CONTROL) != 0 ||
           (U_GET_GC_MASK(point) & (U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK)) != 0;
}

}  // namespace maskwright::text
