// Tables as comma-separated values (RFC 4180).
#pragma once

#include <string>
#include <string_view>

namespace maskwright {

// A text as one cell: in quotation marks where it has a comma, a quotation mark or a line break.
std::string csvCell(std::string_view text);

}  // namespace maskwright
