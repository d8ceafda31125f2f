#include "core/text/inflections.h"

#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

struct Suffix {
    std::string_view tail, instead;
    std::size_t least = 3;  // letters before it, so that a short word is no inflection of another
};

constexpr Suffix kSuffixes[] = {
    // English: plurals, possessives, participles, comparison
    {"s", ""},
    {"es", ""},
    {"ies", "y", 2},
    {"ves", "f", 2},
    {"ves", "fe", 2},
    {"men", "man", 2},
    {"ing", ""},
    {"ing", "e"},
    {"ed", ""},
    {"ed", "e"},
    {"er", ""},
    {"er", "e"},
    {"est", ""},
    {"est", "e"},
    {"y", ""},
    // German: plurals, cases, adjectives; feminines
    {"n", ""},
    {"en", ""},
    {"e", ""},
    {"er", ""},
    {"em", ""},
    {"ern", ""},
    {"innen", "in"},
    {"innen", ""},
    {"in", "", 4},
    {"chen", "", 4},
    // French: plurals, feminines
    {"x", ""},
    {"aux", "al"},
    {"aux", "ail"},
    {"ne", ""},
    {"nes", ""},
    {"lle", "l"},
    {"euse", "eur"},
    {"ière", "ier"},
    // Spanish: plurals, feminines, diminutives
    {"ces", "z", 2},
    {"a", "o"},
    {"o", "a"},
    {"as", "o"},
    {"os", "a"},
    {"a", "", 4},
    {"as", "", 4},
    {"ones", "ón"},
    {"anes", "án"},
    {"itos", "o"},
    {"ito", "o"},
    {"itas", "a"},
    {"ita", "a"},
};

// ä, ö, ü of German plurals, each by itself, from the end.
std::vector<std::string> withoutUmlaut(const std::string& word) {
    constexpr std::pair<std::string_view, std::string_view> kUmlauts[] = {{"ä", "a"}, {"ö", "o"}, {"ü", "u"}};
    std::vector<std::string> forms;
    for (const auto& [umlaut, plain] : kUmlauts) {
        if (const std::size_t at = word.rfind(umlaut); at != std::string::npos) {
            forms.push_back(std::string(word).replace(at, umlaut.size(), plain));
        }
    }
    return forms;
}

}  // namespace

std::vector<std::string> baseForms(std::string_view folded) {
    std::vector<std::string> forms;
    for (const Suffix& suffix : kSuffixes) {
        if (!folded.ends_with(suffix.tail)) {
            continue;
        }
        const std::string_view stem = folded.substr(0, folded.size() - suffix.tail.size());
        if (decodeUtf8(stem).size() < suffix.least) {
            continue;
        }
        forms.push_back(std::string(stem) + std::string(suffix.instead));
        // "running", "spotted"
        const bool doubled = stem.size() > 3 && stem.back() == stem[stem.size() - 2];
        if (doubled && suffix.instead.empty() && (suffix.tail == "ing" || suffix.tail == "ed" || suffix.tail == "er")) {
            forms.emplace_back(stem.substr(0, stem.size() - 1));
        }
    }
    const std::size_t bySuffix = forms.size();
    for (std::size_t i = 0; i < bySuffix; ++i) {
        for (std::string& form : withoutUmlaut(forms[i])) {
            forms.push_back(std::move(form));
        }
    }
    for (std::string& form : withoutUmlaut(std::string(folded))) {  // "vögel"
        forms.push_back(std::move(form));
    }
    return forms;
}

}  // namespace maskwright::text
