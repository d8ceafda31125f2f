// What part a word of a referring expression most likely plays, by closed lists, endings and the dictionary. Private to
// core/text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text/english.h"

namespace maskwright::text {

enum class Role {
    boundary,     // a comma, a full stop, a bracket
    preposition,  // also "not", "while": nothing after it belongs to the chunk
    relative,     // "who", "that", "which"
    auxiliary,    // "is", "has", "can"
    pronoun,
    determiner,
    conjunction,  // "and", "or", "&"
    ordinal,
    number,
    superlative,  // "closest", "most"
    gerund,
    participle,
    adverb,
    adjective,
    position,    // "left", "top", "middle"
    possessive,  // "man's", "her"
    verb,
    name,      // a noun that does not describe as well
    describes  // a noun and an adjective: "black", "plastic"
};

struct Token {
    std::string word;  // in lower case
    Role role = Role::name;
    bool verbToo = false;  // a noun that may be a verb in the third person: "rides"
};

// `dictionary` may be null.
std::vector<Token> rolesOf(const std::vector<std::string>& words, const English* dictionary);

// "corner", "side", "row": what a position is said of, never a thing beside it.
bool isPartWord(std::string_view word);
// A verb that says what somebody does to the next noun: "wearing", "holding".
bool takesObject(std::string_view gerund);
// "cutting board", "parking meter": a name of two words.
bool isCompound(std::string_view gerund, std::string_view noun);
// Whether a word is of no language but English's kin: "der", "une", "sobre". `word` is in lower case.
bool isForeignGrammar(std::string_view word);
// One of those that is an English word, too: "van", "den".
bool isEnglishToo(std::string_view word);

}  // namespace maskwright::text
