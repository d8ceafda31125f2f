// Which words of a referring expression name the thing that is meant: "kid on far left wearing stripes" -> "kid". The
// published rule (Yu, Seo, Son, CVPR 2023) is the noun chunk that holds the root of the sentence, in lower case.
#pragma once

#include <string>
#include <string_view>

#include "core/base/message.h"

namespace maskwright::text {

enum class NounPhraseKind {
    found,
    none,        // no word names a thing ("second from right"): the whole text
    notEnglish,  // only English is taken apart: the whole text
    empty        // no word at all
};

struct NounPhrase {
    // English in lower case; white space and control characters are single spaces; never longer than the text.
    std::string text;
    NounPhraseKind kind = NounPhraseKind::found;
    // Only the first 60 words were read.
    bool shortened = false;
};

// Where link-grammar's English dictionary is not installed, lists of words and endings decide alone. Any thread; time
// does not grow with texts of more than 60 words.
NounPhrase nounPhrase(std::string_view expression);

// What to tell of a phrase that is not simply found; empty for one that is.
Message remark(const NounPhrase& phrase);

}  // namespace maskwright::text
