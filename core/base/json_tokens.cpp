#include "core/base/json_tokens.h"

#include <algorithm>
#include <array>

namespace maskwright {
namespace {

constexpr std::array<std::string_view, 3> kNonNumbers = {"NaN", "Infinity", "-Infinity"};

// Where the text that begins at `at` ends.
std::size_t endOfText(std::string_view json, std::size_t at) {
    for (++at; at < json.size(); ++at) {
        if (json[at] == '"') {
            return at + 1;
        }
        at += json[at] == '\\' ? 1 : 0;
    }
    return json.size();
}

}  // namespace

std::optional<JsonToken> nextJsonToken(std::string_view json, std::size_t from) {
    using Kind = JsonToken::Kind;
    for (std::size_t at = from; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '"') {
            return JsonToken{Kind::text, at, endOfText(json, at) - at};
        }
        if (c == 'N' || c == 'I' || c == '-') {
            for (const std::string_view name : kNonNumbers) {
                if (json.substr(at, name.size()) == name) {
                    return JsonToken{Kind::nonNumber, at, name.size()};
                }
            }
        }
        if (c == '-' || (c >= '0' && c <= '9')) {
            const std::size_t end = std::min(json.find_first_not_of("+-.0123456789eE", at), json.size());
            return JsonToken{Kind::number, at, end - at};
        }
    }
    return std::nullopt;
}

}  // namespace maskwright
