#include "core/text/plural.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string_view>

namespace maskwright::text {
namespace {

bool isWord(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
}

bool ends(const std::string& text, std::string_view tail) {
    return text.size() > tail.size() && text.compare(text.size() - tail.size(), tail.size(), tail) == 0;
}

}  // namespace

std::string plural(const std::string& phrase) {
    static const std::map<std::string, std::string> kIrregular = {
        {"person", "people"}, {"man", "men"},           {"woman", "women"},       {"child", "children"},
        {"mouse", "mice"},    {"goose", "geese"},       {"foot", "feet"},         {"tooth", "teeth"},
        {"knife", "knives"},  {"leaf", "leaves"},       {"wolf", "wolves"},       {"shelf", "shelves"},
        {"loaf", "loaves"},   {"wife", "wives"},        {"half", "halves"},       {"calf", "calves"},
        {"scarf", "scarves"}, {"sheep", "sheep"},       {"deer", "deer"},         {"fish", "fish"},
        {"skis", "skis"},     {"scissors", "scissors"}, {"broccoli", "broccoli"}, {"ox", "oxen"}};
    const std::size_t space = phrase.rfind(' ');
    const std::string head = space == std::string::npos ? "" : phrase.substr(0, space + 1);
    const std::string word = space == std::string::npos ? phrase : phrase.substr(space + 1);
    if (const auto found = kIrregular.find(word); found != kIrregular.end()) {
        return head + found->second;
    }
    if (!isWord(word) || ends(word, "s")) {
        return ends(word, "ss") || ends(word, "us") ? phrase + "es" : phrase;
    }
    if (ends(word, "man") && word != "human" && word != "german") {
        return head + word.substr(0, word.size() - 3) + "men";
    }
    if (ends(word, "x") || ends(word, "ch") || ends(word, "sh") || ends(word, "z")) {
        return phrase + "es";
    }
    if (ends(word, "y") && std::string_view("aeiou").find(word[word.size() - 2]) == std::string_view::npos) {
        return phrase.substr(0, phrase.size() - 1) + "ies";
    }
    return phrase + "s";
}

}  // namespace maskwright::text
