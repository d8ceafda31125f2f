// The list of the words that a model has learned: a text file, one folded word a line, sorted by bytes, made from the
// phrases that the model was trained on (core/train/words.h). Before a word may stand "+": it describes things and
// names none; or "-": it names something that has no picture. "#" begins a comment; one such as "# words: 29726" says
// how many there are, so that a list that was cut off is noticed.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace maskwright::text {

enum class WordKind { unknown, name, describes, noPicture };

class WordList {
  public:
    struct Entry {
        std::string word;
        WordKind kind;
    };

    // A file `synonyms.txt` beside it, if there is one, is a list of words and phrases that the model never learned,
    // each with a tab and a name that it did ("식탁", "dining table"): they are read and asked as that name. Errors:
    // ErrorKind::weights.
    static Result<WordList> load(const std::string& file);
    // Of the file's text; `where` opens messages.
    static Result<WordList> parse(std::string text, const std::string& where);
    Result<void> addSynonyms(std::string_view text, const std::string& where);

    [[nodiscard]] const std::vector<Entry>& words() const { return words_; }  // sorted by word
    // Its lines of comment but for the number of words.
    [[nodiscard]] const std::string& comment() const { return comment_; }
    // unknown: it is not in the list.
    [[nodiscard]] WordKind kindOf(std::string_view folded) const;
    // Whether a word of the list begins with it.
    [[nodiscard]] bool begins(std::string_view folded) const;
    // The text with what has a synonym in its place: the whole of it, or single words that are not in Latin letters,
    // which cannot be another language's ("four" is an oven in French only where it stands alone).
    [[nodiscard]] std::string named(std::string_view text) const;

  private:
    WordList() = default;

    std::string comment_;
    std::vector<Entry> words_;
    std::map<std::string, std::string> synonyms_;  // by folded words without grammar, a space between them
};

// What parse() reads: `comment`, whole lines of it, then how many words there are, then the words.
std::string writtenList(std::string_view comment, const std::map<std::string, WordKind>& words);

}  // namespace maskwright::text
