// Figures and names in reports. A figure of nothing is no 0: it is null in JSON and empty in a table.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/json.h"

namespace maskwright::eval {

std::string number(double value, const char* format = "%.4f");
// `value`, a figure of so many answers.
Json figure(double value, std::int64_t of);
std::string figure(double value, std::int64_t of, const char* format);
// `part` of `whole`.
Json shareJson(std::int64_t part, std::int64_t whole);
std::string share(std::int64_t part, std::int64_t whole);

// A name in a line of Markdown: no line break ends the line, and nothing in it begins a cell, code or a tag.
std::string inMarkdown(const std::string& text);

}  // namespace maskwright::eval
