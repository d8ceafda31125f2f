// Characters that a terminal or a file manager obeys in place of showing them.
#pragma once

#include <cstddef>
#include <string_view>

namespace maskwright {

// How many bytes such a character has where `text`, UTF-8, has one at byte `i`; 0 where it has none: C0, DEL and C1
// (U+0080 to U+009F), the separators of lines and paragraphs, and what turns the direction of text (U+061C, U+200E,
// U+200F, U+202A to U+202E, U+2066 to U+2069), by which "gpj.exe" is shown as "exe.jpg".
std::size_t controlAt(std::string_view text, std::size_t i);

}  // namespace maskwright
