// The parts of JSON's text that decide which of its letters mean something: what walks over such text before a reader
// of JSON does, walks here.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace maskwright {

struct JsonToken {
    enum class Kind {
        text,       // with its quotes; to the end where the closing one is missing
        number,     // also what begins like one and is none
        nonNumber,  // NaN, Infinity or -Infinity, as Python writes them
    };
    Kind kind;
    std::size_t at, length;
    [[nodiscard]] std::size_t end() const { return at + length; }
};

// A loop over all has it in its first part: GCC 12 ends what a for's condition declares before the third part is run.
//
// The first one that begins at `from` or later; none where only other letters are left. `from` must not lie in one.
std::optional<JsonToken> nextJsonToken(std::string_view json, std::size_t from);

}  // namespace maskwright
