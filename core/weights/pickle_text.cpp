// The opcodes of pickle's protocol 0, which are lines of text, for plain data. Source: CPython's Lib/pickletools.py.
#include <charconv>

#include "core/weights/pickle_machine.h"

namespace maskwright::weights::pickle {
namespace {

constexpr std::ptrdiff_t kLongestLine = 1 << 20;

template <class T>
T numberOf(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        damaged("its pickle holds a broken number");
    }
    return value;
}

void appendUtf8(std::string& text, std::uint32_t c) {
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += {static_cast<char>(0xc0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
    } else if (c < 0x10000) {
        text += {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
                 static_cast<char>(0x80 | (c & 63))};
    } else {
        text += {static_cast<char>(0xf0 | (c >> 18 & 7)), static_cast<char>(0x80 | (c >> 12 & 63)),
                 static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
    }
}

// `digits` hexadecimal ones from `at` on.
std::uint32_t hexadecimal(std::string_view text, std::size_t at, std::size_t digits) {
    std::uint32_t value = 0;
    const std::string_view part = text.substr(std::min(at, text.size()), digits);
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value, 16);
    if (part.size() < digits || error != std::errc() || end != part.data() + part.size()) {
        damaged("its pickle holds a broken text");
    }
    return value;
}

// STRING: as Python 2 writes a str, in quotes, with escapes.
std::string quotedBytes(std::string_view text) {
    if (text.size() < 2 || (text.front() != '\'' && text.front() != '"') || text.back() != text.front()) {
        damaged("its pickle holds a broken text");
    }
    text = text.substr(1, text.size() - 2);
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            bytes += text[i];
            continue;
        }
        if (++i == text.size()) {
            damaged("its pickle holds a broken text");
        }
        switch (text[i]) {
            case 'n':
                bytes += '\n';
                break;
            case 'r':
                bytes += '\r';
                break;
            case 't':
                bytes += '\t';
                break;
            case 'x':
                bytes += static_cast<char>(hexadecimal(text, i + 1, 2));
                i += 2;
                break;
            case '\\':
            case '\'':
            case '"':
                bytes += text[i];
                break;
            default:
                damaged("its pickle holds a broken text");
        }
    }
    return bytes;
}

// UNICODE: Latin-1, with \u and \U for what is beyond it.
std::string unicode(std::string_view text) {
    std::string utf8;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool wide = text.substr(i).starts_with("\\U");
        if (wide || text.substr(i).starts_with("\\u")) {
            const std::size_t digits = wide ? 8 : 4;
            appendUtf8(utf8, hexadecimal(text, i + 2, digits));
            i += 1 + digits;
        } else {
            appendUtf8(utf8, static_cast<unsigned char>(text[i]));
        }
    }
    return utf8;
}

}  // namespace

// Whether `code` was one of them.
bool Machine::plainStep(unsigned char code) {
    switch (code) {
        case 'I': {  // INT; 00 and 01 are truth values
            const std::string text = line();
            if (text == "00" || text == "01") {
                push(text == "01");
            } else {
                push(numberOf<std::int64_t>(text));
            }
            return true;
        }
        case 'L': {  // LONG
            const std::string text = line();
            push(
                numberOf<std::int64_t>(text.ends_with('L') ? std::string_view(text).substr(0, text.size() - 1) : text));
            return true;
        }
        case 'F':
            push(numberOf<double>(line()));
            return true;
        case 'S':
            push(quotedBytes(line(kLongestLine)));
            return true;
        case 'V':
            push(unicode(line(kLongestLine)));
            return true;
        case 'p':
            memoize(numberOf<std::uint64_t>(line()));
            return true;
        case 'g':
            recall(numberOf<std::uint64_t>(line()));
            return true;
        case 'c':
        case 0x93:
            foreign("its pickle names something that is to be run or made, which plain data does not");
        default:
            return false;
    }
}

}  // namespace maskwright::weights::pickle
