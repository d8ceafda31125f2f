#include "core/train/words.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "core/text/grammar.h"
#include "core/text/known_words.h"
#include "core/text/words.h"
#include "core/train/meanings.h"

namespace maskwright::train {
namespace {

constexpr std::string_view kComment =
    "# The words of the phrases that the model was trained on; + describes, - has no picture.\n";

// WordNet's files of senses (lexnames(5)) that can be seen, for a word's commonest sense: animals, artifacts, parts of
// bodies, food, groups, places, objects, persons, phenomena, plants, shapes, substances.
constexpr std::array kSeen = {5, 6, 8, 13, 14, 15, 17, 18, 19, 20, 25, 27};

constexpr std::size_t kThreeKana = 9;  // bytes of UTF-8

// What says something in a phrase, in order; of one without spaces ICU's words.
std::vector<std::string> contentOf(const std::string& phrase) {
    std::vector<std::string> content;
    const auto add = [&](const std::string& folded) {
        if (!text::saysNothing(folded) && !text::isGrammar(folded) && !text::isPictureWord(folded)) {
            content.push_back(folded);
        }
    };
    for (const text::Word& word : text::wordsOf(phrase)) {
        if (word.writing == text::Writing::ideographic) {
            for (const std::string& segment : text::segments(word.folded)) {
                // ICU cuts a few kana off words that it does not know.
                if (segment == word.folded || !text::isWithoutHan(segment) || segment.size() >= kThreeKana) {
                    add(segment);
                }
            }
        } else {
            add(word.folded);
        }
    }
    return content;
}

// The words before the first preposition or article that follows one of content: "face with tears" -> "face".
std::vector<std::string> firstGroup(const std::string& phrase) {
    std::vector<std::string> group;
    std::istringstream stream(phrase);
    for (std::string token; stream >> token;) {  // "love-you gesture" is no love
        const std::vector<std::string> content = contentOf(token);
        if (content.empty() && !group.empty()) {
            break;
        }
        group.insert(group.end(), content.begin(), content.end());
    }
    return group;
}

class Lister {
  public:
    explicit Lister(const WordFacts* facts) : facts_(facts) {}

    void read(const PhraseTable& table) {
        std::map<std::size_t, std::string> english;  // by row
        for (const Phrase& phrase : table.phrases) {
            if (phrase.language == "en") {
                english.emplace(phrase.row, phrase.text);
            }
            note(phrase);
        }
        if (facts_ == nullptr) {
            return;
        }
        for (auto& [word, entry] : entries_) {
            if (entry.english) {
                entry.kind = englishKind(word, entry);
            }
        }
        markAbroad(table, english);
        addStems();
        addPlurals();
    }

    [[nodiscard]] std::string list() const {
        std::map<std::string, text::WordKind> kinds;
        for (const auto& [word, entry] : entries_) {
            kinds.emplace(word, entry.kind);
        }
        return text::writtenList(kComment, kinds);
    }

  private:
    struct Entry {
        text::WordKind kind = text::WordKind::name;
        bool english = false, own = false, head = false;
        std::vector<std::size_t> rows;
    };

    Entry& enter(const std::string& word, const Phrase& phrase) {
        Entry& entry = entries_[word];
        entry.english = entry.english || phrase.language == "en";
        entry.rows.push_back(phrase.row);
        return entry;
    }

    void note(const Phrase& phrase) {
        const std::vector<std::string> content = contentOf(phrase.text);
        const std::vector<text::Word> words = text::wordsOf(phrase.text);
        for (const std::string& word : content) {
            Entry& entry = enter(word, phrase);
            entry.own = entry.own || content.size() == 1;
        }
        // A run without spaces as a whole, too, unless it is a sentence; and grammar that is a thing ("top").
        const bool whole = words.size() == 1 && !text::saysNothing(words.front().folded);
        if (whole && (content.empty() || content.size() == text::segments(words.front().folded).size())) {
            enter(words.front().folded, phrase).own = true;
        }
        if (const std::string head = headOf(phrase, content); !head.empty()) {
            Entry& entry = entries_[head];
            entry.head = entry.head || phrase.language == "en" || !entry.english;
        }
    }

    // Where a phrase of several words has its head; empty: nowhere that can be told.
    [[nodiscard]] std::string headOf(const Phrase& phrase, const std::vector<std::string>& content) const {
        if (content.empty()) {
            return {};
        }
        const bool spaced = phrase.text.find(' ') != std::string::npos;
        if ((phrase.language == "de" && spaced) || phrase.language == "en") {
            const std::vector<std::string> group = firstGroup(phrase.text);
            return group.empty() || (phrase.language == "en" && isInWordNet(phrase.text)) ? std::string()
                                                                                          : group.back();
        }
        return phrase.language == "fr" || phrase.language == "es" ? content.front() : content.back();
    }

    // Phrases that WordNet has say nothing of what their last word names ("rock beauty" is a fish): its senses tell.
    [[nodiscard]] bool isInWordNet(const std::string& phrase) const {
        return facts_ != nullptr && !facts_->nouns.sensesOf(phrase).empty();
    }

    // Of a phrase of two words that has two in English, one of them nothing to be seen, the one that is never a head is
    // that one ("statue de la liberté").
    void markAbroad(const PhraseTable& table, const std::map<std::size_t, std::string>& english) {
        std::map<std::string, bool> unseen;  // in all phrases so far
        for (const Phrase& phrase : table.phrases) {
            const auto row = english.find(phrase.row);
            const bool fits = phrase.language != "en" && row != english.end() && holdsUnseen(row->second);
            const std::vector<std::string> content = contentOf(phrase.text);
            for (const std::string& word : content) {
                const Entry& entry = entries_.at(word);
                if (!entry.english && !entry.own && !entry.head) {
                    bool& all = unseen.emplace(word, true).first->second;
                    all = all && fits && content.size() == 2 && contentOf(row->second).size() == 2;
                }
            }
        }
        for (const auto& [word, all] : unseen) {
            if (all) {
                entries_.at(word).kind = text::WordKind::noPicture;
            }
        }
    }

    // Korean words within phrases have their particles on: the words without them are words as well.
    void addStems() {
        constexpr std::size_t kTwoSyllables = 6;  // bytes of UTF-8
        std::vector<std::pair<std::string, text::WordKind>> stems;
        for (const auto& [word, entry] : entries_) {
            if (entry.own || entry.head || text::wordsOf(word).front().writing != text::Writing::hangul) {
                continue;
            }
            for (const std::string_view particle : text::kKoreanParticles) {
                if (word.ends_with(particle) && word.size() >= particle.size() + kTwoSyllables) {
                    stems.emplace_back(word.substr(0, word.size() - particle.size()), entry.kind);
                    break;
                }
            }
        }
        for (const auto& [stem, kind] : stems) {
            entries_.emplace(stem, Entry{.kind = kind});
        }
    }

    [[nodiscard]] bool isOwn(const std::string& word) const {
        const auto found = entries_.find(word);
        return found != entries_.end() && found->second.own;
    }

    [[nodiscard]] text::WordKind englishKind(const std::string& word, const Entry& entry) const {
        const std::vector<std::uint32_t>& senses = facts_->nouns.sensesOf(word);
        const bool seen = !senses.empty() &&
                          std::find(kSeen.begin(), kSeen.end(), facts_->nouns.fileOf(senses.front())) != kSeen.end();
        if (facts_->adjectives.contains(word) && !seen && (!entry.head || entry.own)) {
            return text::WordKind::describes;
        }
        if (entry.own || entry.head || seen || (word.ends_with('s') && isOwn(word.substr(0, word.size() - 1)))) {
            return text::WordKind::name;
        }
        if (senses.empty()) {
            return text::WordKind::describes;
        }
        const auto end = senses.begin() + static_cast<std::ptrdiff_t>(std::min(senses.size(), Meanings::kSenses));
        const bool thing =
            std::any_of(senses.begin(), end, [&](std::uint32_t sense) { return facts_->nouns.isThing(sense); });
        return thing ? text::WordKind::name : text::WordKind::noPicture;
    }

    // Whether an English phrase has a word that names nothing to be seen.
    [[nodiscard]] bool holdsUnseen(const std::string& phrase) const {
        const std::vector<std::string> content = contentOf(phrase);
        return std::any_of(content.begin(), content.end(), [&](const std::string& word) {
            const auto found = entries_.find(word);
            return found != entries_.end() && found->second.kind == text::WordKind::noPicture;
        });
    }

    void addPlurals() {
        std::vector<std::string> added;
        for (const auto& [word, entry] : entries_) {
            const auto [from, to] = facts_->plurals.equal_range(word);
            for (auto at = from; at != to && entry.kind == text::WordKind::name; ++at) {
                added.push_back(text::fold(at->second));
            }
        }
        for (const std::string& word : added) {
            entries_.emplace(word, Entry{});
        }
    }

    const WordFacts* facts_;
    std::map<std::string, Entry> entries_;  // by word; in the order of its bytes
};

}  // namespace

Result<WordFacts> WordFacts::load(const std::string& folder) {
    auto nouns = data::WordNet::load(folder);
    if (!nouns) {
        return nouns.error();
    }
    auto adjectives = data::readAdjectives(folder);
    if (!adjectives) {
        return adjectives.error();
    }
    auto plurals = data::readIrregularPlurals(folder);
    if (!plurals) {
        return plurals.error();
    }
    return WordFacts{std::move(*nouns), std::move(*adjectives), std::move(*plurals)};
}

std::string listOfWords(const PhraseTable& table, const WordFacts* facts) {
    Lister lister(facts);
    lister.read(table);
    return lister.list();
}

Result<std::string> withNames(const std::string& list, const std::vector<std::string>& names) {
    const auto listed = text::WordList::parse(list, "words.txt");
    if (!listed) {
        return listed.error();
    }
    std::map<std::string, text::WordKind> kinds;
    for (const text::WordList::Entry& entry : listed->words()) {
        kinds[entry.word] = entry.kind;
    }
    const text::KnownWords known(*listed);
    for (const std::string& name : names) {
        const text::Reading reading = known.read(name);
        for (const std::string& word : reading.known ? reading.unknown : contentOf(name)) {
            for (const text::Word& each : text::wordsOf(word)) {
                kinds[each.folded] = text::WordKind::name;
            }
        }
    }
    return text::writtenList(listed->comment(), kinds);
}

std::vector<std::string> namesOf(const data::DataSet& set) {
    std::vector<std::string> names;
    for (const data::Category& category : set.categories) {
        names.push_back(category.name);
        names.insert(names.end(), category.names.begin(), category.names.end());
    }
    return names;
}

}  // namespace maskwright::train
