// What of a text is among the words that a model has learned (word_list.h).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/word_list.h"

namespace maskwright::text {

class WordKinds;

// What a list makes of a text.
struct Reading {
    // It holds the name of something that can be seen, or describes it and holds no unknown word.
    bool known = true;
    // Its words that are not in the list, as they are spelled there; where it is not known and has none, all that it
    // says ("love", "the").
    std::vector<std::string> unknown;
    // There are unknown words, and the last is the beginning of one in the list, or all is grammar: somebody may be
    // typing.
    bool unfinished = false;

    bool operator==(const Reading&) const = default;
};

class KnownWords {
  public:
    explicit KnownWords(WordList list) : list_(std::move(list)) {}

    // Plurals, inflections, particles and compounds of known words are known. Of a text of nothing but articles and
    // prepositions those count that are names too. Any thread.
    [[nodiscard]] Reading read(std::string_view text) const;
    // The text as the model is best asked: without punctuation, without unknown words, and without whose it is ("my
    // grandmother's red cup" -> "red cup"); as it came where it has neither, or nothing known. Such words bend the
    // condition away from the thing (measured on Maskwright Sight; models/sight/README.md).
    [[nodiscard]] std::string asked(std::string_view text) const;
    // The same without words that only describe and what a thing has, where a name is left ("sleepy cat with a hat" ->
    // "cat"); else the same. Of a text in Hangul or without spaces its last name, which is its head there.
    [[nodiscard]] std::string headOf(std::string_view asked) const;
    // Of names that are joined ("cat and dog", "고양이와 개", "猫と犬") each; otherwise nothing. Not where what is
    // before "and" is more than a name ("man with hat and glasses") or describes ("black and white cat").
    [[nodiscard]] std::vector<std::string> joined(std::string_view text) const;
    [[nodiscard]] std::size_t size() const { return list_.words().size(); }

  private:
    struct Said;
    [[nodiscard]] Said hear(std::string_view text) const;
    void hear(std::string_view run, Said& said) const;
    [[nodiscard]] bool hasName(std::string_view text) const;
    [[nodiscard]] bool isOneName(std::string_view text) const;
    [[nodiscard]] WordKinds kinds() const;

    WordList list_;
};

}  // namespace maskwright::text
