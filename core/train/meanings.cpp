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
constexpr float kKin = 0.6f;        // of classes that are of one kind with an animal that has none
constexpr std::size_t kFewKin = 5;  // more than so many are no one kind
constexpr std::size_t kRare = 5;    // senses after so many others, and never counted, are not what a word says
// Of lexnames(5).
constexpr int kAnimal = 5, kBody = 8, kFood = 13, kPerson = 18, kPlant = 20, kShape = 25;

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

std::string synsetOf(std::uint32_t sense) {
    const std::string digits = std::to_string(sense);
    return "n" + std::string(8 - std::min<std::size_t>(digits.size(), 8), '0') + digits;
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

data::DataSet Meanings::withSenses(const data::DataSet& set, const std::vector<std::string>& synsets,
                                   const WordNet& net) {
    data::DataSet all;
    all.file = set.file;
    all.categories = set.categories;
    std::map<std::uint32_t, std::size_t> bySense;
    for (std::size_t c = 0; c < set.categories.size(); ++c) {
        bySense.emplace(data::senseNumber(set.categories[c].synset), c);
    }
    const auto add = [&](std::uint32_t sense, const std::string& synset) {
        data::Category category;
        category.synset = synset;
        for (const std::string& word : net.wordsFor(sense)) {
            const std::vector<std::uint32_t>& senses = net.sensesOf(word);
            // What it is called first is its name whatever else the word says; of other words it must be the first
            // sense.
            if (category.names.empty() || (!senses.empty() && senses.front() == sense)) {
                category.names.push_back(word);
            }
        }
        if (!category.names.empty()) {
            category.name = category.names.front();
            bySense.emplace(sense, all.categories.size());
            all.categories.push_back(std::move(category));
        }
    };
    for (const std::string& synset : synsets) {
        const std::uint32_t own = data::senseNumber(synset);
        if (bySense.contains(own)) {
            continue;
        }
        add(own, synset);
        for (const std::uint32_t above : net.above(own)) {
            const std::vector<std::string>& words = net.wordsFor(above);
            if (!bySense.contains(above) && !words.empty() && net.sensesOf(words.front()).front() == above) {
                add(above, synsetOf(above));
            }
        }
    }
    for (std::size_t c = set.categories.size(); c < all.categories.size(); ++c) {
        data::Category& category = all.categories[c];
        const std::uint32_t own = data::senseNumber(category.synset);
        for (const std::uint32_t above : net.above(own)) {
            const auto found = bySense.find(above);
            if (found != bySense.end() && above != own) {
                category.ancestors.push_back(found->second);
            }
        }
        std::sort(category.ancestors.begin(), category.ancestors.end());
    }
    return all;
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
    return ofKin(sense);
}

bool Meanings::isDetected(std::size_t category) const {
    const auto found = own_.find(category);
    return found != own_.end() && found->second.front() < static_cast<std::int64_t>(names_.size());
}

bool Meanings::meansDetected(const Meaning& meaning) const {
    return !meaning.empty() && meaning.begin()->first < static_cast<std::int64_t>(names_.size());
}

bool Meanings::saidOf(const std::string& name, std::size_t category) const {
    const std::uint32_t sense = data::senseNumber(set_.categories[category].synset);
    if (net_ == nullptr || sense == 0) {
        return true;
    }
    const std::vector<std::uint32_t>& senses = net_->sensesOf(name);
    const auto at = std::find(senses.begin(), senses.end(), sense);
    if (at == senses.begin() || at == senses.end()) {
        return true;
    }
    const auto isThing = [&](std::uint32_t one) { return net_->isThing(one) || net_->fileOf(one) == kBody; };
    const auto rank = static_cast<std::size_t>(at - senses.begin());
    if (net_->fileOf(sense) == kShape) {  // "ring" is no doughnut's
        const auto end = senses.begin() + static_cast<std::ptrdiff_t>(std::min(senses.size(), kSenses));
        return std::none_of(senses.begin(), end, isThing);
    }
    if (net_->fileOf(sense) == kAnimal || std::none_of(senses.begin(), at, isThing)) {
        return true;
    }
    const auto isCalled = [&](std::size_t other) { return lower(set_.categories[other].name) == name; };
    const std::size_t counted = net_->countedOf(name);
    const bool rare = counted > 0 && rank >= counted && rank >= kRare;
    if (isDetected(category)) {
        return isCalled(category) || !rare;
    }
    const auto [from, to] = byName_.equal_range(name);
    // People drew a thing of that very name ("jacket"): a kind of wrapping is not what they mean.
    const bool drawn =
        std::any_of(from, to, [&](const auto& other) { return set_.categories[other.second].synset.empty(); });
    if (drawn && !meansDetected(ofCategory(category))) {
        return false;
    }
    if (isOwn(category) && isCalled(category)) {
        return true;
    }
    const bool others =
        std::any_of(from, to, [&](const auto& other) { return isOwn(other.second) && isCalled(other.second); });
    return !rare && !others;
}

// Of an animal, those that are of the one kind right above it.
Meaning Meanings::ofKin(std::uint32_t sense) const {
    if (net_->fileOf(sense) != kAnimal) {
        return {};
    }
    for (const std::uint32_t above : net_->directlyAbove(sense)) {
        if (const auto category = bySense_.find(above); category != bySense_.end()) {
            Meaning meaning = ofCategory(category->second);
            const bool detected = !meaning.empty() && meaning.begin()->first < static_cast<std::int64_t>(names_.size());
            if (!meaning.empty() && !detected && meaning.size() <= kFewKin) {
                for (auto& [output, share] : meaning) {
                    share = kKin;
                }
                return meaning;
            }
        }
    }
    return {};
}

// By its commonest sense. Where that is nothing to be seen ("kitty", the stakes in poker), by the first that is a thing
// which one of the names means; where it is a plant without a name, by the first that is food; people are named after
// too much for that, and come last where nobody counted which sense is common ("shrimp").
std::optional<Meaning> Meanings::ofWord(const std::string& word) const {
    std::vector<std::uint32_t> senses = net_->sensesOf(word);
    if (senses.empty()) {
        return std::nullopt;
    }
    senses.resize(std::min(senses.size(), kSenses));
    if (net_->countedOf(word) == 0 && net_->fileOf(senses.front()) == kPerson) {
        std::stable_partition(senses.begin(), senses.end(), [&](std::uint32_t sense) {
            const int file = net_->fileOf(sense);
            return file == kAnimal || file == kFood || file == kPlant;
        });
    }
    Meaning meaning = ofSense(senses.front());
    const bool thing = net_->isThing(senses.front()), plant = net_->fileOf(senses.front()) == kPlant;
    for (std::size_t i = 1; meaning.empty() && i < senses.size(); ++i) {
        if ((!thing && net_->isThing(senses[i])) || (plant && net_->fileOf(senses[i]) == kFood)) {
            meaning = ofSense(senses[i]);
        }
    }
    return meaning;
}

std::optional<Meaning> Meanings::ofName(const std::string& name) const {
    for (const std::string& single : singulars(name)) {
        const auto [from, to] = byName_.equal_range(single);
        Meaning all;
        bool said = false;
        for (auto at = from; at != to; ++at) {
            if (saidOf(single, at->second)) {
                said = true;
                for (const auto& [output, share] : ofCategory(at->second)) {
                    all[output] = std::max(all[output], share);
                }
            }
        }
        if (said) {
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
