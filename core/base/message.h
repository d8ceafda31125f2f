// A sentence for people as data: an English template and what stands in its places. A program that speaks another
// language translates the template; nobody has to read English back out of a finished line.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace maskwright {

namespace detail {

// A template whose places %1 to %N are all there and no others: wrong ones do not compile.
template <std::size_t N>
struct CheckedTemplate {
    const char* text;
    consteval CheckedTemplate(const char* literal) : text(literal) {  // NOLINT: implicit, so that a literal fits
        bool used[10] = {};
        for (const char* at = literal; *at != '\0'; ++at) {
            if (at[0] == '%' && at[1] >= '1' && at[1] <= '9') {
                used[at[1] - '0'] = true;
            }
        }
        for (std::size_t place = 1; place < 10; ++place) {
            if (used[place] != (place <= N)) {
                throw "the template's places do not match its arguments";
            }
        }
    }
};

}  // namespace detail

struct Message {
    std::string pattern;             // with the places %1 to %9
    std::vector<Message> arguments;  // for the places, in order: names, numbers, or sentences of their own
    bool verbatim = false;           // a name, a number or foreign text: neither filled in nor translated

    Message() = default;
    // A literal is a template without places.
    template <std::size_t N>
    Message(const char (&literal)[N]) : pattern(literal) {}  // NOLINT: implicit, so that Error{kind, "..."} reads well
    template <std::size_t N>
    Message(char (&buffer)[N]) = delete;
    // Text made at run time is no template: it is an argument of message(), or verbatim().

    [[nodiscard]] bool empty() const { return pattern.empty(); }
    // In English, filled in.
    [[nodiscard]] std::string text() const;
    bool operator==(const Message&) const = default;
};

// Foreign text (a name, what a library says) as a Message.
inline Message verbatim(std::string text) {
    Message made;
    made.pattern = std::move(text);
    made.verbatim = true;
    return made;
}
inline Message verbatim(std::string_view text) { return verbatim(std::string(text)); }
inline Message verbatim(const char* text) { return verbatim(std::string(text)); }

namespace detail {

inline Message asArgument(Message message) { return message; }
inline Message asArgument(std::string text) { return verbatim(std::move(text)); }
inline Message asArgument(std::string_view text) { return verbatim(text); }
inline Message asArgument(const char* text) { return verbatim(text); }
template <std::integral T>
Message asArgument(T number) {
    return verbatim(std::to_string(number));
}

}  // namespace detail

// message("cannot open %1: %2", quoted(path), reason): the template must be a literal, and its places must be as many
// as the arguments, or it does not compile. Arguments: strings and whole numbers as they are, Messages as sentences.
template <class... A>
Message message(std::type_identity_t<detail::CheckedTemplate<sizeof...(A)>> text, A&&... arguments) {
    Message made;
    made.pattern = text.text;
    (made.arguments.push_back(detail::asArgument(std::forward<A>(arguments))), ...);
    return made;
}

}  // namespace maskwright
