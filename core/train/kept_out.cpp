#include "core/train/kept_out.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "core/base/file.h"
#include "core/text/plural.h"

namespace maskwright::train {
namespace {

constexpr std::uint64_t kMostBytes = 1u << 20;

// In lower case, everything but letters, digits and what is no ASCII as a space, one at each end.
std::string asWords(const std::string& text) {
    std::string words = " ";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool stays = byte >= 0x80 || std::isalnum(byte) != 0;
        words += stays ? static_cast<char>(std::tolower(byte)) : ' ';
    }
    return words + " ";
}

}  // namespace

bool KeptOut::isIn(const std::string& phrase) const {
    const std::string all = asWords(phrase);
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& name) { return all.find(name) != std::string::npos; });
}

Result<KeptOut> readKeptOut(const std::string& file, const data::DataSet& set) {
    auto whole = readFile(file, kMostBytes);
    if (!whole) {
        return whole.error();
    }
    KeptOut out;
    std::istringstream lines(*whole);
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (line.empty()) {
            continue;
        }
        const auto category = data::categoryCalled(set, line);
        if (!category) {
            return Error{ErrorKind::input, message("%1: no category of %2 is called %3", file, set.file, quoted(line)),
                         "write the name as the data set has it, one a line"};
        }
        out.categories.push_back(*category);
    }
    if (out.categories.empty()) {
        return Error{ErrorKind::input, message("%1: there is nothing in it", file), "write one a line"};
    }
    for (std::size_t c = 0; c < set.categories.size(); ++c) {
        const bool isOut = std::any_of(out.categories.begin(), out.categories.end(),
                                       [&](std::size_t one) { return set.covers(one, c); });
        if (isOut) {
            for (const std::string& name : set.categories[c].names) {
                out.words.push_back(asWords(name));
                out.words.push_back(asWords(text::plural(name)));
            }
            out.synsets.insert(set.categories[c].synset);
        }
    }
    out.synsets.erase("");
    return out;
}

}  // namespace maskwright::train
