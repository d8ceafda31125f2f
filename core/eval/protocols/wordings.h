// Other words for the names that are asked for: synonyms, plurals, what the names are kinds of, other languages. Each
// is compared with the names themselves, in the same pictures.
#pragma once

#include "core/eval/protocols/question.h"

namespace maskwright::eval {

// The kinds: "synonyms", the category's other names, but for those that another category has too; "plurals", by English
// rules; "parents", the categories that cover at least two of the names and at most a quarter of them ("vehicle", not
// "artifact"), but for those that share their name with another; and any language of the table.
struct WordingKinds {
    std::vector<std::string> kinds;
    // For languages: a file of lines "language, phrase, row", set apart by tabs, under a line of headings. Phrases of
    // one row say the same; the English ones ("en") are looked up by the category's names, its first that has a
    // translation.
    std::string table;
};

struct Wording {
    std::size_t kind = 0;         // index of WordingKinds::kinds
    Name name;                    // what is asked, and of which category
    std::vector<std::size_t> of;  // the names, by index, that say the same together: one, or all that a parent covers
};

// Errors: input for a table that is none; usage for a kind that is neither known nor a language of the table.
Result<std::vector<Wording>> wordingsOf(const data::DataSet& set, const std::vector<Name>& names,
                                        const WordingKinds& wanted);

}  // namespace maskwright::eval
