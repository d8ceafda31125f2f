#include "core/text/token_spacing.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

using Text = std::u32string_view;

// What is split off a word's front and end, mark by mark.
constexpr Text kMarks = U",:;!?\u00bf\u00a1()[]{}<>_#*&\u3002\uff1f\uff01\uff0c\u3001\uff1b\uff1a\u00b7";
constexpr Text kQuotes = U"'\"\u201d\u201c`\u2018\u00b4\u2019\u201a\u201e\u00bb\u00ab\u300c\u300d\u300e\u300f";
constexpr Text kFrontOnly = U"\u00a7%=\u2014\u2013+$\u00a3\u20ac\u00a5";
constexpr Text kHyphens = U"-\u2013\u2014~";
constexpr char32_t kEllipsis = U'\u2026';

// Words with a contraction, and what may follow them, with an apostrophe and without.
constexpr std::array kNegated = {U"ca",   U"could", U"do",    U"does", U"did",    U"had", U"may",   U"might",
                                 U"must", U"need",  U"ought", U"sha",  U"should", U"wo",  U"would", U"ai",
                                 U"are",  U"is",    U"was",   U"were", U"have",   U"has", U"dare"};
constexpr std::array kAsking = {U"who", U"what",  U"when", U"where", U"why",
                                U"how", U"there", U"that", U"this",  U"those"};
struct Follows {
    Text word, endings;  // endings set apart by spaces
};
constexpr Follows kPronouns[] = {{U"i", U"m ll d ve"},     {U"you", U"ll d ve re"}, {U"he", U"ll d s"},
                                 {U"she", U"ll d s"},      {U"it", U"ll d s"},      {U"we", U"ll d ve re"},
                                 {U"they", U"ll d ve re"}, {U"could", U"ve"},       {U"might", U"ve"},
                                 {U"must", U"ve"},         {U"should", U"ve"},      {U"would", U"ve"}};
constexpr Text kAfterAsking = U"s ll d ve re";
constexpr std::array<std::array<Text, 3>, 4> kWhole = {
    {{U"cannot", U"can", U"not"}, {U"gonna", U"gon", U"na"}, {U"gotta", U"got", U"ta"}, {U"c'mon", U"c'm", U"on"}}};
// Words of their own that only look like contractions without their apostrophe.
constexpr std::array kNone = {U"ill", U"its", U"hell", U"shell", U"shed", U"were", U"well", U"whore", U"id", U"wed"};

bool in(Text all, char32_t c) { return all.find(c) != Text::npos; }
bool isLetter(char32_t c) { return characterClass(c) == CharacterClass::letter; }
bool isNumber(char32_t c) { return characterClass(c) == CharacterClass::number; }

template <class List>
bool lists(const List& list, Text word) {
    return std::any_of(list.begin(), list.end(), [&](Text one) { return one == word; });
}

bool hasEnding(Text endings, Text ending) {
    while (!endings.empty()) {
        const std::size_t end = std::min(endings.find(U' '), endings.size());
        if (endings.substr(0, end) == ending) {
            return true;
        }
        endings.remove_prefix(std::min(end + 1, endings.size()));
    }
    return false;
}

bool mayEnd(Text word, Text ending) {
    if (lists(kAsking, word)) {
        return hasEnding(kAfterAsking, ending);
    }
    for (const Follows& one : kPronouns) {
        if (one.word == word && hasEnding(one.endings, ending)) {
            return true;
        }
    }
    return false;
}

// Where a word that is a contraction is cut; nothing for one that is none.
std::optional<std::size_t> contraction(std::u32string word) {
    std::replace(word.begin(), word.end(), U'\u2019', U'\'');
    if (word.size() > 12 || lists(kNone, word)) {  // longer than the longest
        return std::nullopt;
    }
    const std::size_t digits = word.find_first_not_of(U"0123456789");
    if (digits == 1 || digits == 2) {
        const Text half = Text(word).substr(digits);
        if (half == U"am" || half == U"pm") {
            return digits;
        }
    }
    for (const auto& [whole, first, second] : kWhole) {
        if (word == whole) {
            return first.size();
        }
    }
    for (const Text ending : {Text(U"n't"), Text(U"nt")}) {
        if (Text(word).ends_with(ending) && lists(kNegated, Text(word).substr(0, word.size() - ending.size()))) {
            return word.size() - ending.size();
        }
    }
    for (std::size_t at = 1; at < word.size(); ++at) {
        const Text rest = Text(word).substr(at);
        if (mayEnd(Text(word).substr(0, at), rest.front() == U'\'' ? rest.substr(1) : rest)) {
            return at;
        }
    }
    return std::nullopt;
}

std::size_t dots(Text text, bool atEnd) {
    std::size_t count = 0;
    while (count < text.size() && (atEnd ? text[text.size() - 1 - count] : text[count]) == U'.') {
        ++count;
    }
    return count;
}

// How many characters are split off the front, and off the end; 0: none.
std::size_t front(Text text) {
    if (dots(text, false) > 1) {
        return dots(text, false);
    }
    const char32_t c = text.front();
    const bool signOfNumber = c == U'+' && text.size() > 1 && text[1] < 0x80 && isNumber(text[1]);
    return in(kMarks, c) || in(kQuotes, c) || c == kEllipsis || (in(kFrontOnly, c) && !signOfNumber) ? 1 : 0;
}

std::size_t end(Text text) {
    if (dots(text, true) > 1) {
        return dots(text, true);
    }
    if (text.ends_with(U"'s") || text.ends_with(U"\u2019s")) {
        return 2;
    }
    const char32_t c = text.back(), before = text.size() > 1 ? text[text.size() - 2] : U' ';
    if (c == U'.' && (isLetter(before) || isNumber(before) || in(U"%-+)", before) || in(kQuotes, before))) {
        // "a.m." and "u.s." are words.
        return text.size() > 2 && text.substr(0, text.size() - 1).find(U'.') != Text::npos ? 0 : 1;
    }
    return in(kMarks, c) || in(kQuotes, c) || c == kEllipsis || c == U'\u2014' || c == U'\u2013' ||
                   (in(U"+%", c) && isNumber(before))
               ? 1
               : 0;
}

// How many characters from `i` on part what is before them from what is after them.
std::size_t parts(Text text, std::size_t i) {
    if (i == 0 || i + 1 >= text.size()) {
        return 0;
    }
    if (const std::size_t count = dots(text.substr(i), false); count > 1) {
        return count;
    }
    const char32_t before = text[i - 1], c = text[i], after = text[i + 1];
    const bool named = isLetter(before) || isNumber(before);
    return (named && isLetter(after) && in(kHyphens, c)) || (isLetter(before) && isLetter(after) && c == U',') ||
                   c == kEllipsis || (in(U":<>=/", c) && named && isLetter(after) && text != U"and/or") ||
                   (in(U"+-*^", c) && isNumber(before) && isNumber(after))
               ? 1
               : 0;
}

void addCut(Text word, std::vector<std::u32string>& tokens) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (const std::size_t count = parts(word, i)) {
            tokens.emplace_back(word.substr(begin, i - begin));
            tokens.emplace_back(word.substr(i, count));
            begin = i + count;
            i = begin - 1;
        }
    }
    tokens.emplace_back(word.substr(begin));
}

// The tokens of what stands between spaces.
void addTokens(Text word, std::vector<std::u32string>& tokens) {
    std::vector<std::u32string> after;
    while (!word.empty()) {
        if (const auto cut = contraction(std::u32string(word))) {
            tokens.emplace_back(word.substr(0, *cut));
            tokens.emplace_back(word.substr(*cut));
            break;
        }
        if (const std::size_t size = front(word)) {
            tokens.emplace_back(word.substr(0, size));
            word.remove_prefix(size);
        } else if (const std::size_t size = end(word)) {
            after.emplace_back(word.substr(word.size() - size));
            word.remove_suffix(size);
        } else {
            addCut(word, tokens);
            break;
        }
    }
    tokens.insert(tokens.end(), after.rbegin(), after.rend());
}

}  // namespace

std::string tokenSpaced(std::string_view expression) {
    const std::u32string text = lowerCase(decodeUtf8(expression));
    std::vector<std::u32string> tokens;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t stop = at;
        while (stop < text.size() && characterClass(text[stop]) != CharacterClass::space) {
            ++stop;
        }
        if (stop > at) {
            addTokens(Text(text).substr(at, stop - at), tokens);
        }
        at = stop + 1;
    }
    std::u32string joined;
    for (const std::u32string& token : tokens) {
        joined += (joined.empty() ? U"" : U" ") + token;
    }
    return encodeUtf8(joined);
}

}  // namespace maskwright::text
