// The nouns of WordNet 3.0 (Princeton; Debian's wordnet-base): what a word means first, and what that is a kind of.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"

namespace maskwright::train {

class WordNet {
  public:
    // `folder` holds index.noun and data.noun, as wndb(5) describes them. Errors: ErrorKind::input.
    static Result<WordNet> load(const std::string& folder);

    // The number of the sense that a word or phrase in lower case has oftenest; 0 where it is not known.
    [[nodiscard]] std::uint32_t senseOf(const std::string& words) const;
    // The sense itself and all that it is a kind or an instance of, nearest first.
    [[nodiscard]] std::vector<std::uint32_t> above(std::uint32_t sense) const;

  private:
    std::unordered_map<std::string, std::uint32_t> first_;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> kinds_;  // hypernyms by sense
};

}  // namespace maskwright::train
