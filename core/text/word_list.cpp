#include "core/text/word_list.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "core/base/file.h"
#include "core/text/grammar.h"
#include "core/text/unicode.h"
#include "core/text/words.h"

namespace maskwright::text {
namespace {

constexpr std::size_t kMostBytes = 16u << 20;
constexpr unsigned char kIdeographLead = 0xe1;  // UTF-8's first byte of Hangul, kana and Han is this or above
constexpr std::string_view kCount = "# words: ";
constexpr char kDescribes = '+', kNoPicture = '-';

Error broken(const std::string& where, Message what) {
    return {ErrorKind::weights, message("%1: %2", where, std::move(what)), "take the list that belongs to the weights"};
}

// Of a comment that says how many words there are, how many.
std::optional<std::size_t> countIn(std::string_view comment) {
    std::size_t count = 0;
    if (!comment.starts_with(kCount)) {
        return std::nullopt;
    }
    const char* end = comment.data() + comment.size();
    const auto [stop, code] = std::from_chars(comment.data() + kCount.size(), end, count);
    return code == std::errc() && stop == end ? std::optional(count) : std::nullopt;
}

// Of a text its words as synonyms are kept by; grammar counts where there is nothing else ("four").
std::string keyOf(std::string_view text) {
    std::string key, all;
    for (const Word& word : wordsOf(text)) {
        all += (all.empty() ? "" : " ") + word.folded;
        if (!isGrammar(word.folded)) {
            key += (key.empty() ? "" : " ") + word.folded;
        }
    }
    return key.empty() ? all : key;
}

}  // namespace

Result<WordList> WordList::load(const std::string& file) {
    auto text = readFile(file, kMostBytes);
    if (!text) {
        return Error{ErrorKind::weights, text.error().what,
                     "the model's config.json has known_words: put its list there"};
    }
    auto list = parse(std::move(*text), file);
    const std::filesystem::path synonyms = std::filesystem::path(file).parent_path() / "synonyms.txt";
    std::error_code missing;
    if (list && std::filesystem::exists(synonyms, missing)) {
        const auto more = readFile(synonyms, kMostBytes);
        if (!more) {
            return Error{ErrorKind::weights, more.error().what, more.error().advice};
        }
        MASKWRIGHT_TRY(list->addSynonyms(*more, synonyms.string()));
    }
    return list;
}

Result<WordList> WordList::parse(std::string text, const std::string& where) {
    WordList list;
    std::optional<std::size_t> promised;
    for (std::size_t from = 0, line = 1; from < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        std::string_view word = std::string_view(text).substr(from, end - from);
        from = end + 1;
        if (word.ends_with('\r')) {
            word.remove_suffix(1);
        }
        if (word.empty() || word.front() == '#') {
            promised = promised ? promised : countIn(word);
            if (!word.empty() && !word.starts_with(kCount)) {
                list.comment_.append(word) += '\n';
            }
            continue;
        }
        WordKind kind = WordKind::name;
        if (word.front() == kDescribes || word.front() == kNoPicture) {
            kind = word.front() == kDescribes ? WordKind::describes : WordKind::noPicture;
            word.remove_prefix(1);
        }
        std::string folded = fold(word);
        if (wordsOf(folded).size() != 1) {
            return broken(where, message("line %1 is not one word", line));
        }
        list.words_.push_back({std::move(folded), kind});
    }
    if (list.words_.empty()) {
        return broken(where, "there is no word in it");
    }
    if (promised && *promised != list.words_.size()) {
        return broken(where, message("it has %1 words and says that they are %2", list.words_.size(), *promised));
    }
    const auto less = [](const Entry& a, const Entry& b) { return a.word < b.word; };
    if (!std::is_sorted(list.words_.begin(), list.words_.end(), less)) {
        std::stable_sort(list.words_.begin(), list.words_.end(), less);
    }
    return list;
}

Result<void> WordList::addSynonyms(std::string_view text, const std::string& where) {
    for (std::size_t from = 0, line = 1; from < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        std::string_view entry = text.substr(from, end - from);
        from = end + 1;
        if (entry.ends_with('\r')) {
            entry.remove_suffix(1);
        }
        if (entry.empty() || entry.front() == '#') {
            continue;
        }
        const std::size_t tab = entry.find('\t');
        const std::string key = keyOf(entry.substr(0, tab));
        if (tab == std::string_view::npos || tab + 1 == entry.size() || key.empty()) {
            return broken(where, message("line %1 is not a word, a tab and a name", line));
        }
        synonyms_[key] = entry.substr(tab + 1);
    }
    return {};
}

WordKind WordList::kindOf(std::string_view folded) const {
    const auto at = std::lower_bound(words_.begin(), words_.end(), folded,
                                     [](const Entry& entry, std::string_view word) { return entry.word < word; });
    return at != words_.end() && at->word == folded ? at->kind : WordKind::unknown;
}

bool WordList::begins(std::string_view folded) const {
    const auto at = std::lower_bound(words_.begin(), words_.end(), folded,
                                     [](const Entry& entry, std::string_view word) { return entry.word < word; });
    return at != words_.end() && at->word.starts_with(folded);
}

std::string WordList::named(std::string_view text) const {
    if (synonyms_.empty()) {
        return std::string(text);
    }
    if (const auto whole = synonyms_.find(keyOf(text)); whole != synonyms_.end()) {
        return whole->second;
    }
    std::string out;
    std::size_t from = 0;
    for (const Word& word : wordsOf(text)) {
        const std::size_t begin = text.find(word.spelled, from);
        if (begin == std::string_view::npos) {
            return std::string(text);  // broken UTF-8
        }
        out += text.substr(from, begin - from);
        from = begin + word.spelled.size();
        const bool latin = static_cast<unsigned char>(word.spelled.front()) < kIdeographLead;
        const auto found = latin ? synonyms_.end() : synonyms_.find(word.folded);
        out += found != synonyms_.end() ? found->second : word.spelled;
    }
    return out + std::string(text.substr(from));
}

std::string writtenList(std::string_view comment, const std::map<std::string, WordKind>& words) {
    std::string text(comment);
    text.append(kCount).append(std::to_string(words.size())) += '\n';
    for (const auto& [word, kind] : words) {
        if (kind == WordKind::describes || kind == WordKind::noPicture) {
            text += kind == WordKind::describes ? kDescribes : kNoPicture;
        }
        text.append(word) += '\n';
    }
    return text;
}

}  // namespace maskwright::text
