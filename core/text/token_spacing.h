// An expression as the published Global-Local program hands it to CLIP: lower case, its tokens joined by single spaces
// (Seonghoon-Yu/Zero-shot-RIS, Our_method_with_free_solo.py), as spaCy's English rules cut them: "the man's t-shirt,
// isn't it" -> "the man 's t - shirt , is n't it". CLIP's vocabulary sees a difference in contractions and in rows of
// punctuation marks alone.
#pragma once

#include <string>
#include <string_view>

namespace maskwright::text {

// Follows spaCy 3's rules (lang/en/tokenizer_exceptions.py, lang/punctuation.py) for contractions with and without an
// apostrophe, possessives, hyphens and punctuation; its tables of abbreviations and emoticons are not here. Any thread.
std::string tokenSpaced(std::string_view expression);

}  // namespace maskwright::text
