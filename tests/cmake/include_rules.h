// The check behind includes.table, apart from the program so that its own test can feed it wrong trees.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace include_rules {

struct Table {
    using Named = std::pair<std::string, std::vector<std::string>>;
    std::vector<std::string> system;
    std::vector<Named> families;  // the first that matches counts
    std::vector<Named> files;
    std::vector<Named> closed;
    std::vector<std::vector<std::string>> floors;  // the rooms of each, lowest first
};

// Throws std::runtime_error with the line's number.
Table readTable(std::string_view text);

// The room that a file lies in: "core/text", "ui/model" or "app" of its path; empty for any other.
std::string folderOf(std::string_view path);
// What the file may include: rooms, its own too, and families.
std::set<std::string> allowedFor(const Table& table, std::string_view path);

// * stands for anything.
bool matches(std::string_view pattern, std::string_view text);

struct Include {
    int line = 0;
    std::string header;  // empty: not a literal name
    bool quoted = false;
};
std::vector<Include> includesOf(std::string_view source);

// Throws std::runtime_error where the file cannot be read.
std::string textOf(const std::filesystem::path& path);

// A source tree: path from the root to text.
using Tree = std::map<std::string, std::string>;
// The .h and .cpp files under `folders` of `root`.
Tree readTree(const std::filesystem::path& root, const std::vector<std::string>& folders);

// One line for every include that the table does not allow; empty where all is well.
std::vector<std::string> check(const Table& table, const Tree& tree);

// One line for every difference between the table's core lines and the links in core/CMakeLists.txt.
std::vector<std::string> compareWithLinks(const Table& table, std::string_view cmake);

}  // namespace include_rules
