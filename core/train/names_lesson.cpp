#include "core/train/names_lesson.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "core/text/words.h"
#include "core/train/model_files.h"
#include "core/train/phrases.h"
#include "core/train/vocabulary.h"

namespace maskwright::train {
namespace {

constexpr std::size_t kMadeUp = 4000, kVariants = 3;  // made-up words; ways of saying a name that means something
constexpr std::size_t kFewNames = 5;    // a phrase that means more of the detector's names stands for none of them
constexpr std::size_t kFewClasses = 5;  // nor one that means more of the classes

// By language: words that describe things, from the table's phrases of two words. Of English words WordNet knows which
// are adjectives; elsewhere what stands beside the noun is taken for one ("schwarze Katze", "chat noir").
std::map<std::string, std::vector<std::string>> describingWords(const PhraseTable& table, const std::string& wordnet) {
    const std::set<std::string> adjectives =
        wordnet.empty() ? std::set<std::string>() : need(data::readAdjectives(wordnet));
    std::map<std::string, std::set<std::string>> words;
    for (const Phrase& phrase : table.phrases) {
        const std::size_t space = phrase.text.find(' ');
        const std::string first = phrase.text.substr(0, space);
        if (phrase.language == "en") {
            for (const text::Word& word : text::wordsOf(phrase.text)) {
                if (adjectives.contains(word.folded)) {
                    words["en"].insert(word.folded);
                }
            }
        } else if (space != std::string::npos && phrase.text.find(' ', space + 1) == std::string::npos) {
            const bool after = phrase.language == "fr" || phrase.language == "es";
            words[phrase.language].insert(after ? phrase.text.substr(space + 1) : first);
        }
    }
    std::map<std::string, std::vector<std::string>> lists;
    for (const auto& [language, all] : words) {
        lists[language].assign(all.begin(), all.end());
    }
    return lists;
}

// "sleepy cat", "chat endormi"; empty where the language has no such words.
std::string described(const Phrase& phrase, const std::map<std::string, std::vector<std::string>>& words,
                      Random& random) {
    const auto found = words.find(phrase.language);
    if (found == words.end()) {
        return {};
    }
    const std::string& word = random.pick(found->second);
    return phrase.language == "fr" || phrase.language == "es" ? phrase.text + " " + word : word + " " + phrase.text;
}

// The rows of `known` that mean few of the outputs from `first` on, by output. Those without any are left out.
std::vector<std::vector<std::int64_t>> byOutput(const NamesLesson& lesson, std::int64_t first, std::int64_t count,
                                                std::size_t few) {
    std::vector<std::vector<std::int64_t>> rows(static_cast<std::size_t>(count));
    for (const std::int64_t row : lesson.known) {
        const Meaning& meaning = lesson.meanings[static_cast<std::size_t>(row)];
        const auto begin = meaning.lower_bound(first), end = meaning.lower_bound(first + count);
        if (std::distance(begin, end) <= static_cast<std::ptrdiff_t>(few)) {
            for (auto at = begin; at != end; ++at) {
                rows[static_cast<std::size_t>(at->first - first)].push_back(row);
            }
        }
    }
    std::erase_if(rows, [](const auto& one) { return one.empty(); });
    return rows;
}

// Writes the lesson, phrase by phrase; what was written before is not written again.
class Writer {
  public:
    Writer(const Meanings& meanings, const PhraseTable& table, const Options& options)
        : meanings_(meanings),
          table_(table),
          describing_(describingWords(table, options.wordnet)),
          random_(static_cast<std::uint64_t>(options.seed), 10) {}

    void addNames(const data::DataSet& set) {
        for (const data::Category& category : set.categories) {
            for (const std::string& name : category.names) {
                if (const auto meaning = meanings_.of(name)) {
                    addWays(name, *meaning);
                }
            }
        }
    }
    // The table's phrases in English, then what has their meanings in other languages.
    void addPhrases() {
        std::map<std::size_t, Meaning> byRow;
        for (const Phrase& phrase : table_.phrases) {
            if (phrase.language == "en") {
                if (const auto meaning = meanings_.of(phrase.text)) {
                    byRow[phrase.row] = *meaning;
                    add(phrase.text, *meaning);
                    if (!meaning->empty()) {
                        add(varied(phrase, random_), *meaning);
                    }
                }
            }
        }
        for (const Phrase& phrase : table_.phrases) {
            const auto found = byRow.find(phrase.row);
            if (phrase.language != "en" && found != byRow.end()) {
                addAbroad(phrase, found->second);
            }
        }
    }
    void addMadeUp() {
        for (std::size_t i = 0; i < kMadeUp; ++i) {
            phrases_.push_back(madeUp(random_));
            lesson_.meanings.emplace_back();
            lesson_.madeUp.push_back(static_cast<std::int64_t>(phrases_.size()) - 1);
        }
    }

    [[nodiscard]] const std::vector<std::string>& phrases() const { return phrases_; }
    [[nodiscard]] NamesLesson take() { return std::move(lesson_); }

  private:
    void add(const std::string& phrase, const Meaning& meaning) {
        if (!taken_.insert(phrase).second) {
            return;
        }
        (meaning.empty() ? lesson_.none : lesson_.known).push_back(static_cast<std::int64_t>(phrases_.size()));
        phrases_.push_back(phrase);
        lesson_.meanings.push_back(meaning);
    }
    void addWays(const std::string& name, const Meaning& meaning) {
        add(name, meaning);
        add(plural(name), meaning);
        add(withArticle(name), meaning);
        add("the " + name, meaning);
        for (std::size_t k = 0; k < kVariants; ++k) {
            add(varied({"en", name, 0}, random_), meaning);
            // Not where the two words are a name of something else ("hot dog").
            const std::string more = described({"en", name, 0}, describing_, random_);
            if (!meaning.empty() && !more.empty() && meanings_.of(more) == meaning) {
                add(more, meaning);
            }
        }
    }
    void addAbroad(const Phrase& phrase, const Meaning& meaning) {
        add(phrase.text, meaning);
        if (!meaning.empty()) {
            add(variedAbroad(phrase, random_), meaning);
            if (const std::string more = described(phrase, describing_, random_); !more.empty()) {
                add(more, meaning);
            }
        }
    }

    const Meanings& meanings_;
    const PhraseTable& table_;
    const std::map<std::string, std::vector<std::string>> describing_;
    Random random_;
    NamesLesson lesson_;
    std::vector<std::string> phrases_;
    std::set<std::string> taken_;
};

}  // namespace

NamesLesson namesLesson(const Context& context, const data::DataSet& set, const Meanings& meanings, std::int64_t names,
                        const nn::TensorMap& model) {
    const PhraseTable table = need(readPhrases(context.options.text));
    Writer writer(meanings, table, context.options);
    writer.addNames(set);
    writer.addPhrases();
    const std::size_t words = writer.phrases().size();
    writer.addMadeUp();
    NamesLesson lesson = writer.take();
    lesson.saying = byOutput(lesson, 0, names, kFewNames);
    lesson.classes = byOutput(lesson, names, meanings.outputs() - names, kFewClasses);
    context.say("names: " + std::to_string(words) + " phrases, " + std::to_string(lesson.known.size()) +
                " of them mean one of the trunk's names");
    lesson.features = textFeatures(context, model, *openTokenizer(context), writer.phrases()).to(context.device);
    return lesson;
}

}  // namespace maskwright::train
