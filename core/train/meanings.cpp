#include "core/train/meanings.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

#include "core/train/phrases.h"

namespace maskwright::train {
namespace {

// A kind of a detector's name that has a class of its own ("taxi", a car) means the name as well, but less: the
// detector knows where it may be and the class whether it is one.
constexpr float kAbove = 0.6f;
constexpr std::size_t kSenses = 4;  // of a word, the commonest, that may be meant

constexpr std::array<std::string_view, 22> kPrepositions = {
    "on", "in",   "at",    "with",   "without", "behind",  "beside", "next",    "near", "under", "above",
    "by", "from", "below", "inside", "over",    "between", "around", "against", "that", "who",   "which"};

std::string lower(const std::string& text) {
    std::string result = text;
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
    return result;
}

bool endsWith(const std::string& text, std::string_view tail) {
    return text.size() > tail.size() && text.compare(text.size() - tail.size(), tail.size(), tail) == 0;
}

// The words that might be the singular of `words`; itself first.
std::vector<std::string> singulars(const std::string& words) {
    std::vector<std::string> all = {words};
    const auto cut = [&](std::string_view tail, const char* instead) {
        if (endsWith(words, tail)) {
            all.push_back(words.substr(0, words.size() - tail.size()) + instead);
        }
    };
    cut("s", "");
    cut("es", "");
    cut("ies", "y");
    cut("ves", "f");
    cut("ves", "fe");
    cut("men", "man");
    cut("people", "person");
    cut("children", "child");
    cut("mice", "mouse");
    cut("feet", "foot");
    cut("teeth", "tooth");
    cut("geese", "goose");
    return all;
}

std::vector<std::string> wordsOf(const std::string& phrase) {
    std::istringstream stream(phrase);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) {
        while (!word.empty() && std::string_view(".,!?\"").find(word.back()) != std::string_view::npos) {
            word.pop_back();
        }
        if (!word.empty()) {
            words.push_back(word);
        }
    }
    return words;
}

}  // namespace

Meanings::Meanings(const data::DataSet& set, std::vector<std::size_t> names, std::vector<std::size_t> classes,
                   const WordNet* net)
    : set_(set), names_(std::move(names)), classes_(std::move(classes)), net_(net) {
    for (std::size_t c = 0; c < set.categories.size(); ++c) {
        for (const std::string& name : set.categories[c].names) {
            byName_.emplace(lower(name), c);
        }
        if (const std::uint32_t sense = data::senseNumber(set.categories[c].synset); sense != 0) {
            bySense_.emplace(sense, c);
        }
    }
    for (std::size_t k = 0; k < names_.size(); ++k) {
        own_[names_[k]].push_back(static_cast<std::int64_t>(k));
    }
    for (std::size_t l = 0; l < classes_.size(); ++l) {
        if (classes_[l] != kNoCategory) {
            own_[classes_[l]].push_back(static_cast<std::int64_t>(names_.size() + l));
        }
    }
}

Meaning Meanings::ofCategory(std::size_t category) const {
    Meaning meaning;
    bool named = false;
    for (const auto& [own, outputs] : own_) {
        if (set_.covers(category, own)) {
            for (const std::int64_t output : outputs) {
                meaning[output] = 1;
                named = named || output < static_cast<std::int64_t>(names_.size());
            }
        }
    }
    if (named) {
        return meaning;
    }
    for (const std::size_t above : set_.categories[category].ancestors) {
        const auto found = own_.find(above);
        for (const std::int64_t output : found == own_.end() ? std::vector<std::int64_t>() : found->second) {
            meaning.emplace(output, output < static_cast<std::int64_t>(names_.size()) ? kAbove : 1.0f);
        }
    }
    return meaning;
}

Meaning Meanings::ofSense(std::uint32_t sense) const {
    // The categories of the data set are those with pictures and all above them: what is above none of its own is a
    // kind of the nearest that is.
    for (const std::uint32_t above : net_->above(sense)) {
        const auto category = bySense_.find(above);
        if (category == bySense_.end()) {
            continue;
        }
        if (above == sense) {
            return ofCategory(category->second);
        }
        if (const auto own = own_.find(category->second); own != own_.end()) {
            Meaning meaning;
            for (const std::int64_t output : own->second) {
                meaning[output] = 1;
            }
            return meaning;
        }
    }
    return {};
}

// By its commonest sense. Where that is nothing to be seen ("kitty", the stakes in poker), by the first that is a thing
// which one of the names means; people are named after too much for that.
std::optional<Meaning> Meanings::ofWord(const std::string& word) const {
    const std::vector<std::uint32_t>& senses = net_->sensesOf(word);
    if (senses.empty()) {
        return std::nullopt;
    }
    Meaning meaning = ofSense(senses.front());
    for (std::size_t i = 1; meaning.empty() && !net_->isThing(senses.front()) && i < std::min(senses.size(), kSenses);
         ++i) {
        if (net_->isThing(senses[i])) {
            meaning = ofSense(senses[i]);
        }
    }
    return meaning;
}

std::optional<Meaning> Meanings::ofName(const std::string& name) const {
    for (const std::string& single : singulars(name)) {
        const auto [from, to] = byName_.equal_range(single);
        if (from != to) {
            Meaning all;
            for (auto at = from; at != to; ++at) {
                for (const auto& [output, share] : ofCategory(at->second)) {
                    all[output] = std::max(all[output], share);
                }
            }
            return all;
        }
    }
    if (net_ != nullptr) {
        for (const std::string& single : singulars(name)) {
            if (auto meaning = ofWord(single)) {
                return meaning;
            }
        }
    }
    return std::nullopt;
}

std::optional<Meaning> Meanings::of(const std::string& phrase) const {
    const std::string all = lower(phrase);
    if (auto meaning = ofName(all)) {
        return meaning;
    }
    std::vector<std::string> words = wordsOf(all);
    // The head comes before the first preposition, its own words last.
    const auto end = std::find_if(words.begin() + (words.empty() ? 0 : 1), words.end(), [](const std::string& word) {
        return std::find(kPrepositions.begin(), kPrepositions.end(), word) != kPrepositions.end();
    });
    words.erase(end, words.end());
    for (std::size_t from = 0; from < words.size(); ++from) {
        std::string rest = words[from];
        for (std::size_t i = from + 1; i < words.size(); ++i) {
            rest += " " + words[i];
        }
        if (auto meaning = ofName(rest)) {
            return meaning;
        }
    }
    return std::nullopt;
}

}  // namespace maskwright::train
