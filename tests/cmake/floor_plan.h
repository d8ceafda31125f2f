// The floors of includes.table: whether every line points downwards, and the drawing of core/README.md.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/cmake/include_rules.h"

namespace include_rules {

// The folders that the files of a tree lie in: "core/text", "ui/model", "app".
std::set<std::string> roomsOf(const Tree& tree);

// One line for every room that is on no floor or on two, and for every line of the table that lets a room include one
// that is not below it; empty where all is well.
std::vector<std::string> checkFloors(const Table& table, const std::set<std::string>& rooms);

// The building from the top: a line a room that is there, with the rooms it may include, in brackets those that only
// some of its files may. Core's rooms are named without "core/".
std::string drawing(const Table& table, const std::set<std::string>& rooms);

// The page with `drawing` as a code block between its two markers, the lines kBegin and kEnd. Throws
// std::runtime_error where they are missing.
inline constexpr std::string_view kBegin = "<!-- floors: written by floor_plan from tests/cmake/includes.table -->\n";
inline constexpr std::string_view kEnd = "<!-- end of floors -->\n";
std::string pageWith(std::string_view page, const std::string& drawing);

}  // namespace include_rules
