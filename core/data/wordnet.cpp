#include "core/data/wordnet.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <sstream>

#include "core/base/file.h"

namespace maskwright::data {
namespace {

constexpr std::size_t kMostBytes = 64u << 20;

Error broken(const std::string& file, std::size_t line) {
    return {ErrorKind::input, message("%1: line %2 is not as wndb(5) has it", file, line),
            "name the folder of WordNet 3.0's index.noun and data.noun"};
}

std::string pathOf(const std::string& folder, const char* name) {
    return (std::filesystem::path(folder) / name).string();
}

// Calls read(fields) for every line but the licence's, which begin with a space; false: the line is broken.
template <class Read>
Result<void> readLines(const std::string& file, const Read& read) {
    auto text = readFile(file, kMostBytes);
    if (!text) {
        return text.error();
    }
    std::istringstream lines(*text);
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        if (line.empty() || line.front() == ' ') {
            continue;
        }
        std::istringstream fields(line);
        if (!read(fields)) {
            return broken(file, number);
        }
    }
    return {};
}

}  // namespace

Result<WordNet> WordNet::load(const std::string& folder) {
    WordNet net;
    // lemma pos senses pointers [pointer...] senses tagged [offset...]
    MASKWRIGHT_TRY(readLines(pathOf(folder, "index.noun"), [&](std::istringstream& fields) {
        std::string lemma, pos, pointer;
        std::size_t senses = 0, pointers = 0, same = 0, tagged = 0;
        fields >> lemma >> pos >> senses >> pointers;
        for (std::size_t i = 0; fields && i < pointers; ++i) {
            fields >> pointer;
        }
        fields >> same >> tagged;
        std::replace(lemma.begin(), lemma.end(), '_', ' ');
        Word& word = net.words_[lemma];
        word.counted = tagged;
        std::uint32_t offset = 0;
        for (std::size_t i = 0; i < senses && fields >> offset; ++i) {
            word.senses.push_back(offset);
        }
        return !fields.fail();
    }));
    // offset file type words(hex) [word id]... pointers [symbol offset pos source/target]... | gloss
    MASKWRIGHT_TRY(readLines(pathOf(folder, "data.noun"), [&](std::istringstream& fields) {
        std::uint32_t offset = 0, target = 0;
        std::string skipped, symbol;
        std::size_t words = 0, pointers = 0;
        int file = 0;
        fields >> offset >> file >> skipped >> std::hex >> words >> std::dec;
        std::vector<std::string> called;
        for (std::size_t i = 0; fields && i < words; ++i) {
            fields >> called.emplace_back() >> skipped;
            for (char& c : called.back()) {
                c = c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            }
        }
        fields >> pointers;
        Sense& sense = net.senses_[offset];
        sense.file = file;
        sense.words = std::move(called);
        std::vector<std::uint32_t>& above = sense.above;
        for (std::size_t i = 0; fields && i < pointers; ++i) {
            fields >> symbol >> target >> skipped >> skipped;
            if (symbol == "@" || symbol == "@i") {
                above.push_back(target);
            }
        }
        return !fields.fail();
    }));
    return net;
}

const std::vector<std::uint32_t>& WordNet::sensesOf(const std::string& words) const {
    static const std::vector<std::uint32_t> kNone;
    const auto found = words_.find(words);
    return found == words_.end() ? kNone : found->second.senses;
}

std::size_t WordNet::countedOf(const std::string& words) const {
    const auto found = words_.find(words);
    return found == words_.end() ? 0 : found->second.counted;
}

const std::vector<std::string>& WordNet::wordsFor(std::uint32_t sense) const {
    static const std::vector<std::string> kNone;
    const auto found = senses_.find(sense);
    return found == senses_.end() ? kNone : found->second.words;
}

int WordNet::fileOf(std::uint32_t sense) const {
    const auto found = senses_.find(sense);
    return found == senses_.end() ? 0 : found->second.file;
}

bool WordNet::isThing(std::uint32_t sense) const {
    constexpr int kAnimal = 5, kArtifact = 6, kFood = 13, kPlant = 20;
    const int file = fileOf(sense);
    return file == kAnimal || file == kArtifact || file == kFood || file == kPlant;
}

const std::vector<std::uint32_t>& WordNet::directlyAbove(std::uint32_t sense) const {
    static const std::vector<std::uint32_t> kNone;
    const auto found = senses_.find(sense);
    return found == senses_.end() ? kNone : found->second.above;
}

std::vector<std::uint32_t> WordNet::above(std::uint32_t sense) const {
    std::vector<std::uint32_t> all = {sense};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto found = senses_.find(all[i]);
        if (found == senses_.end()) {
            continue;
        }
        for (const std::uint32_t next : found->second.above) {
            if (std::find(all.begin(), all.end(), next) == all.end()) {
                all.push_back(next);
            }
        }
    }
    return all;
}

bool WordNet::kin(std::uint32_t a, std::uint32_t b) const {
    const auto holds = [](const std::vector<std::uint32_t>& senses, std::uint32_t one) {
        return std::find(senses.begin(), senses.end(), one) != senses.end();
    };
    if (holds(above(a), b) || holds(above(b), a)) {
        return true;
    }
    const auto ofA = senses_.find(a), ofB = senses_.find(b);
    return ofA != senses_.end() && ofB != senses_.end() &&
           std::any_of(ofA->second.above.begin(), ofA->second.above.end(),
                       [&](std::uint32_t one) { return holds(ofB->second.above, one); });
}

std::uint32_t senseNumber(const std::string& synset) {
    std::uint32_t number = 0;
    if (synset.size() > 1 && synset.front() == 'n') {
        std::from_chars(synset.data() + 1, synset.data() + synset.size(), number);
    }
    return number;
}

Result<std::set<std::string>> readAdjectives(const std::string& folder) {
    std::set<std::string> adjectives;
    MASKWRIGHT_TRY(readLines(pathOf(folder, "index.adj"), [&](std::istringstream& fields) {
        std::string lemma;
        fields >> lemma;
        adjectives.insert(lemma);
        return !fields.fail();
    }));
    return adjectives;
}

Result<std::multimap<std::string, std::string>> readIrregularPlurals(const std::string& folder) {
    std::multimap<std::string, std::string> plurals;
    MASKWRIGHT_TRY(readLines(pathOf(folder, "noun.exc"), [&](std::istringstream& fields) {
        std::string plural, singular;
        fields >> plural;
        while (fields >> singular) {
            plurals.emplace(singular, plural);
        }
        return !plural.empty() && !singular.empty();
    }));
    return plurals;
}

}  // namespace maskwright::data
