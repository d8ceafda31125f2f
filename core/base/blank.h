// A text in which there is nothing to read.
#pragma once

#include <string_view>

namespace maskwright {

// Empty, or ASCII's white space alone.
inline bool isBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos; }

}  // namespace maskwright
