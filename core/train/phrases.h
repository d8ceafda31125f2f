// The phrases a text tower learns from: a table of language, phrase and target row, and one unit vector a row.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/text/plural.h"
#include "core/train/random.h"

namespace maskwright::train {

using text::plural;

struct Phrase {
    std::string language;  // "en", "ko", ...
    std::string text;      // UTF-8
    std::size_t row = 0;
};

struct PhraseTable {
    std::vector<Phrase> phrases;
    std::size_t rows = 0, width = 0;
    std::vector<float> targets;  // [rows, width], unit length
};

// `folder`/phrases.tsv (a header line, then language, phrase, row) and `folder`/phrase_targets.safetensors (`target`).
// Errors name the file and the line: ErrorKind::input.
Result<PhraseTable> readPhrases(const std::string& folder);

// The phrase with its indefinite article.
std::string withArticle(const std::string& phrase);

// What a person might type for the same thing: plural, article, capitals, one of CLIP's prompt templates; English only
// but for capitals. Often the phrase itself.
std::string varied(const Phrase& phrase, Random& random);
// A name as a prompt: bare mostly, else with an article or one of the templates ("a photo of a {}.").
std::string asPrompt(const std::string& name, Random& random);

// The same for German, French, Spanish, Korean, Japanese and Chinese, if not always by the grammar: an article, a
// number, a colour, "a photo of".
std::string variedAbroad(const Phrase& phrase, Random& random);
// Letters that are no word: now any, now such as could be spoken, one word or two.
std::string madeUp(Random& random);

}  // namespace maskwright::train
