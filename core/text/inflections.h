// What a word may be an inflection of, by the suffixes of English, German, French and Spanish. Private to core/text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maskwright::text {

// Candidates, nearest first, none shorter than three letters; most of them are no words. `folded` is not among them.
std::vector<std::string> baseForms(std::string_view folded);

}  // namespace maskwright::text
