// The nouns of WordNet 3.0 (Princeton; Debian's wordnet-base): what a word means first, and what that is a kind of.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"

namespace maskwright::data {

class WordNet {
  public:
    // `folder` holds index.noun and data.noun, as wndb(5) describes them. Errors: ErrorKind::input.
    static Result<WordNet> load(const std::string& folder);

    // The numbers of the senses that a word or phrase in lower case has, the commonest first; empty where it is not
    // known.
    [[nodiscard]] const std::vector<std::uint32_t>& sensesOf(const std::string& words) const;
    // How many of them were met in the texts that WordNet's authors counted in; the order of the rest says nothing.
    [[nodiscard]] std::size_t countedOf(const std::string& words) const;
    // The words for a sense, in lower case, the one it is called by first; empty for a sense that is not known.
    [[nodiscard]] const std::vector<std::string>& wordsFor(std::uint32_t sense) const;
    // Of lexnames(5), in which a sense is; 0 for one that is not known.
    [[nodiscard]] int fileOf(std::uint32_t sense) const;
    // Whether it is an animal, an artifact, a dish or a plant (lexnames(5)).
    [[nodiscard]] bool isThing(std::uint32_t sense) const;
    // What it is a kind or an instance of.
    [[nodiscard]] const std::vector<std::uint32_t>& directlyAbove(std::uint32_t sense) const;
    // The sense itself and all that it is a kind or an instance of, nearest first.
    [[nodiscard]] std::vector<std::uint32_t> above(std::uint32_t sense) const;
    // Whether they are the same, one is above the other, or one sense is directly above both.
    [[nodiscard]] bool kin(std::uint32_t a, std::uint32_t b) const;

  private:
    struct Sense {
        int file = 0;                      // of lexnames(5)
        std::vector<std::uint32_t> above;  // hypernyms
        std::vector<std::string> words;
    };
    struct Word {
        std::vector<std::uint32_t> senses;
        std::size_t counted = 0;
    };
    std::unordered_map<std::string, Word> words_;
    std::unordered_map<std::uint32_t, Sense> senses_;
};

// The sense that a noun's synset names ("n02084071"); 0 where it names none.
std::uint32_t senseNumber(const std::string& synset);

// The adjectives in lower case, from index.adj in `folder`. Errors: ErrorKind::input.
Result<std::set<std::string>> readAdjectives(const std::string& folder);
// Plurals that no rule gives, by their singular, from noun.exc in `folder`. Errors: ErrorKind::input.
Result<std::multimap<std::string, std::string>> readIrregularPlurals(const std::string& folder);

}  // namespace maskwright::data
