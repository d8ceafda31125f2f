// What a list of words makes of one word that may be inflected, compound, or written without spaces. Internal to
// core/text; known_words.h reads texts.
#pragma once

#include <string_view>
#include <vector>

#include "core/text/word_list.h"

namespace maskwright::text {

// A piece of a run of Chinese or Japanese; `text` is part of the run.
struct RunPart {
    std::string_view text;
    WordKind kind = WordKind::unknown;
    bool grammar = false;
};

// Looks into a list that somebody else owns. Words are folded.
class WordKinds {
  public:
    explicit WordKinds(const WordList& list) : list_(list) {}

    // In languages with spaces: "cats", "treehouse".
    [[nodiscard]] WordKind ofSpaced(std::string_view folded) const;
    // With its particles, or a compound of two.
    [[nodiscard]] WordKind ofHangul(std::string_view folded) const;
    // The longest words of the list that begin where ICU's words begin, and ICU's words between them.
    [[nodiscard]] std::vector<RunPart> partsOf(std::string_view run) const;

  private:
    [[nodiscard]] WordKind inflected(std::string_view folded) const;
    [[nodiscard]] WordKind compound(std::string_view folded) const;
    [[nodiscard]] WordKind withoutParticle(std::string_view folded, int particles) const;
    [[nodiscard]] WordKind ofSegment(std::string_view segment) const;

    const WordList& list_;
};

}  // namespace maskwright::text
