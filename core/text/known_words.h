// The words a model has learned, and what of a text is among them. A list is a text file, one folded word a line,
// sorted by bytes, made from the phrases that the model was trained on (core/train/words.h). Before a word may stand
// "+": it describes things and names none; or "-": it names something that has no picture. "#" begins a comment; one
// such as "# words: 29726" says how many there are, so that a list that was cut off is noticed.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace maskwright::text {

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

enum class WordKind { unknown, name, describes, noPicture };

class KnownWords {
  public:
    // A file `synonyms.txt` beside it, if there is one, is a list of words and phrases that the model never learned,
    // each with a tab and a name that it did ("식탁", "dining table"): they are read and asked as that name. Errors:
    // ErrorKind::weights.
    static Result<KnownWords> load(const std::string& file);
    // Of the file's text; `where` opens messages.
    static Result<KnownWords> parse(std::string text, const std::string& where);
    Result<void> addSynonyms(std::string_view text, const std::string& where);

    // Plurals, inflections, particles and compounds of known words are known. Of a text of nothing but articles and
    // prepositions those count that are names too. Any thread.
    [[nodiscard]] Reading read(std::string_view text) const;
    // The text as the model is best asked: without punctuation, without unknown words, and without whose it is ("my
    // grandmother's red cup"
    // -> "red cup"); as it came where it has neither, or nothing known. Such words bend the condition away from the
    // thing (measured on Maskwright Sight; models/sight/README.md).
    [[nodiscard]] std::string asked(std::string_view text) const;
    // The same without words that only describe and what a thing has, where a name is left ("sleepy cat with a hat" ->
    // "cat"); else the same. Of a text in Hangul or without spaces its last name, which is its head there.
    [[nodiscard]] std::string headOf(std::string_view asked) const;
    // Of names that are joined ("cat and dog", "고양이와 개", "猫と犬") each; otherwise nothing. Not where what is
    // before "and" is more than a name ("man with hat and glasses") or describes ("black and white cat").
    [[nodiscard]] std::vector<std::string> joined(std::string_view text) const;
    [[nodiscard]] std::size_t size() const { return words_.size(); }

  private:
    struct Entry {
        std::string word;
        WordKind kind;
    };
    KnownWords() = default;
    [[nodiscard]] WordKind listed(std::string_view folded) const;
    [[nodiscard]] WordKind ofSpaced(std::string_view folded) const;
    [[nodiscard]] WordKind inflected(std::string_view folded) const;
    [[nodiscard]] WordKind compound(std::string_view folded) const;
    [[nodiscard]] WordKind ofHangul(std::string_view folded) const;
    [[nodiscard]] WordKind withoutParticle(std::string_view folded, int particles) const;
    struct Part;
    [[nodiscard]] std::vector<Part> partsOf(std::string_view run) const;
    static void dropChance(std::vector<Part>& parts);
    [[nodiscard]] WordKind ofSegment(std::string_view segment) const;
    struct Said;
    [[nodiscard]] Said hear(std::string_view text) const;
    void hear(std::string_view run, Said& said) const;
    [[nodiscard]] bool begins(std::string_view folded) const;
    [[nodiscard]] bool hasName(std::string_view text) const;
    [[nodiscard]] bool isOneName(std::string_view text) const;

    // The text with what has a synonym in its place: the whole of it, or single words that are not in Latin letters,
    // which cannot be another language's ("four" is an oven in French only where it stands alone).
    [[nodiscard]] std::string named(std::string_view text) const;

    std::vector<Entry> words_;                     // sorted by word
    std::map<std::string, std::string> synonyms_;  // by folded words without grammar, a space between them
};

}  // namespace maskwright::text
