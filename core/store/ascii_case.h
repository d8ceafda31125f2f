// Names on the hub and in folders of models, where only the case of ASCII's letters differs.
#pragma once

#include <algorithm>
#include <string_view>

namespace maskwright::store {

constexpr char lowerCase(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline bool sameButForCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lowerCase(x) == lowerCase(y); });
}

}  // namespace maskwright::store
