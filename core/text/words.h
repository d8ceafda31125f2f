// A text cut into words, as lists of words compare them. Private to core/text and those who make such lists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maskwright::text {

enum class Writing {
    spaced,      // Latin and every other script that puts spaces between its words
    hangul,      // spaces as well, but particles and compounds without
    ideographic  // Chinese and Japanese: no spaces; a Word is a whole run of Han, Hiragana and Katakana
};

struct Word {
    std::string spelled;  // as it is in the text
    std::string folded;   // NFKC, case folded (Unicode, section 3.13, NFKC_Casefold)
    Writing writing = Writing::spaced;
};

// NFKC_Casefold of UTF-8.
std::string fold(std::string_view text);

// Runs of word characters of one writing, in order. Apostrophes, hyphens and all other punctuation part words.
std::vector<Word> wordsOf(std::string_view text);

// A folded ideographic run as ICU's dictionary of Chinese and Japanese cuts it.
std::vector<std::string> segments(std::string_view run);

// Whether every character is a digit, or there is one letter alone ("t" of "t-shirt").
bool saysNothing(std::string_view folded);

// Whether a folded text is all Han characters.
bool isHan(std::string_view folded);
// Whether none is.
bool isWithoutHan(std::string_view folded);

}  // namespace maskwright::text
