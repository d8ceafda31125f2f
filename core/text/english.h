// English as the dictionary of link-grammar knows it: which classes a word may belong to, and which of them it has in a
// sentence. Private to core/text.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace maskwright::text {

struct WordClasses {
    bool noun = false, adjective = false, verb = false, gerund = false, participle = false, adverb = false;

    // A word that the dictionary has not is most often the name of a thing ("tv", "frisbee").
    [[nodiscard]] bool known() const { return noun || adjective || verb || gerund || participle || adverb; }
};

class English {
  public:
    // The dictionary, read at the first call (0.1 s); nothing where it is not installed. Any thread.
    static const English* dictionary();

    ~English();
    English(const English&) = delete;
    English& operator=(const English&) = delete;

    // `word` is in lower case. Any thread.
    [[nodiscard]] WordClasses classes(const std::string& word) const;
    // Whether the best parse of "the WORDS." takes words[index] for a verb; false where it has none. At most 16 words,
    // in lower case, and a quarter of a second. Any thread.
    [[nodiscard]] bool isVerb(std::span<const std::string> words, std::size_t index) const;

  private:
    struct Library;
    English();
    std::unique_ptr<Library> library_;
};

}  // namespace maskwright::text
