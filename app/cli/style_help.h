// The settings of a style for `prompt --help`, from their table.
#pragma once

#include <string>

namespace maskwright::cli {

// Lines of "key=values (meaning)", indented by two, each with its line break.
std::string styleKeysHelp();

}  // namespace maskwright::cli
