// The list of the words that a model has learned (text/word_list.h), from the phrases it was trained on.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/data/wordnet.h"
#include "core/train/phrases.h"

namespace maskwright::train {

// What is known of English words beside the phrases; empty: every word names a thing that can be seen.
struct WordFacts {
    data::WordNet nouns;
    std::set<std::string> adjectives;
    std::multimap<std::string, std::string> plurals;  // irregular ones, by their singular

    // WordNet's folder, with index.adj and noun.exc. Errors: ErrorKind::input.
    static Result<WordFacts> load(const std::string& folder);
};

// The list as text, sorted. A word that is a phrase of its own, or the head of one, is a name. Of the words that only
// stand within phrases those are marked that WordNet has among the adjectives or knows as no noun (they describe), or
// that are, in their commonest sense, nothing to be seen ("love" of "love seat"); in other languages those whose
// phrases all have such a word in English, unless they are a head. `facts` may be null.
std::string listOfWords(const PhraseTable& table, const WordFacts* facts);

// The list with what it lacks of `names`, which are names from then on.
Result<std::string> withNames(const std::string& list, const std::vector<std::string>& names);

// All names of a data set's categories.
std::vector<std::string> namesOf(const data::DataSet& set);

}  // namespace maskwright::train
