// Result<T>: a value or an Error, the way every part of core outside the tensor code says what went wrong.
// Tensor code (nn, vision, clip, clipseg, segmenters, global_local) throws; session and train translate at their borders.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/base/message.h"

namespace maskwright {

// What failed. The numbers are the command line's exit codes.
enum class ErrorKind { usage = 2, input = 3, weights = 4, resource = 5, output = 6, cancelled = 130 };

// One failure, told to a person: what happened, and what to do about it, which may be nothing. Both single-line UTF-8.
struct Error {
    ErrorKind kind = ErrorKind::input;
    Message what;
    Message advice;

    // "what; advice", or just what where there is no advice; line breaks and control characters become spaces.
    [[nodiscard]] std::string line() const;
};

// A short quotation of foreign text (a key, a file name) fit for an Error: control characters escaped, cut at `limit`
// bytes.
std::string quoted(std::string_view text, std::size_t limit = 120);
// Exact matches, so that a call with a std::string never finds std::quoted instead.
inline std::string quoted(const std::string& text, std::size_t limit = 120) {
    return quoted(std::string_view(text), limit);
}
inline std::string quoted(std::string& text, std::size_t limit = 120) { return quoted(std::string_view(text), limit); }
inline std::string quoted(const char* text, std::size_t limit = 120) { return quoted(std::string_view(text), limit); }

template <class T>
class [[nodiscard]] Result {
  public:
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

    Result(Value value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
    Result() requires std::is_void_v<T> : state_(std::in_place_index<0>) {}

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    Value& operator*() & { return std::get<0>(state_); }
    const Value& operator*() const& { return std::get<0>(state_); }
    Value&& operator*() && { return std::get<0>(std::move(state_)); }
    Value* operator->() { return &std::get<0>(state_); }
    const Value* operator->() const { return &std::get<0>(state_); }

    [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

  private:
    std::variant<Value, Error> state_;
};

}  // namespace maskwright

// Leaves the enclosing function with the error of `expr`, a Result whose value is not wanted.
#define MASKWRIGHT_TRY(expr)                                   \
    do {                                                       \
        if (auto maskwright_try_ = (expr); !maskwright_try_) { \
            return maskwright_try_.error();                    \
        }                                                      \
    } while (false)
