#include "core/eval/protocols/wordings.h"

#include <algorithm>
#include <map>
#include <sstream>

#include "core/base/file.h"
#include "core/text/plural.h"

namespace maskwright::eval {
namespace {

constexpr std::size_t kFewest = 2;       // names that a parent covers
constexpr std::size_t kMostShareOf = 4;  // of so many names it covers one at most
constexpr std::uint64_t kMostBytes = 256u << 20;

using Add = std::function<void(std::size_t category, std::string phrase, std::vector<std::size_t> of)>;

// How many categories have each name.
std::map<std::string, std::size_t> owners(const data::DataSet& set) {
    std::map<std::string, std::size_t> count;
    for (const data::Category& category : set.categories) {
        for (const std::string& name : category.names) {
            ++count[name];
        }
    }
    return count;
}

void synonyms(const data::DataSet& set, const std::vector<Name>& names, const Add& add) {
    const auto owned = owners(set);
    for (std::size_t k = 0; k < names.size(); ++k) {
        for (const std::string& other : set.categories[names[k].category].names) {
            if (other != names[k].text && owned.at(other) == 1) {
                add(names[k].category, other, {k});
            }
        }
    }
}

void plurals(const std::vector<Name>& names, const Add& add) {
    for (std::size_t k = 0; k < names.size(); ++k) {
        if (std::string many = text::plural(names[k].text); many != names[k].text) {
            add(names[k].category, std::move(many), {k});
        }
    }
}

void parents(const data::DataSet& set, const std::vector<Name>& names, const Add& add) {
    const auto owned = owners(set);
    std::map<std::size_t, std::vector<std::size_t>> below;  // by category: names
    for (std::size_t k = 0; k < names.size(); ++k) {
        for (const std::size_t above : set.categories[names[k].category].ancestors) {
            below[above].push_back(k);
        }
    }
    for (const auto& [category, covered] : below) {
        if (covered.size() >= kFewest && kMostShareOf * covered.size() <= names.size() &&
            owned.at(set.categories[category].name) == 1) {
            add(category, set.categories[category].name, covered);
        }
    }
}

// The table of phrases that say the same.
class Translations {
  public:
    static Result<Translations> read(const std::string& file) {
        const auto text = readFile(file, kMostBytes);
        if (!text) {
            return text.error();
        }
        Translations table;
        std::istringstream stream(*text);
        std::string line;
        for (std::size_t number = 1; std::getline(stream, line); ++number) {
            std::istringstream fields(line);
            std::string language, phrase, row;
            if (!std::getline(fields, language, '\t') || !std::getline(fields, phrase, '\t') ||
                !std::getline(fields, row)) {
                return Error{ErrorKind::input, message("%1: line %2 is not language, phrase and row", file, number),
                             "set them apart by tabs"};
            }
            if (number == 1) {
                continue;  // headings
            }
            if (language == "en") {
                table.rows_.emplace(phrase, row);
            } else {
                table.phrases_[language].emplace(row, phrase);
            }
        }
        return table;
    }

    [[nodiscard]] bool knows(const std::string& language) const { return phrases_.count(language) > 0; }
    // The first phrase that says the same; empty where there is none.
    [[nodiscard]] std::string of(const std::string& english, const std::string& language) const {
        const auto row = rows_.find(english);
        const auto& phrases = phrases_.at(language);
        const auto found = row == rows_.end() ? phrases.end() : phrases.find(row->second);
        return found == phrases.end() ? std::string() : found->second;
    }

  private:
    std::map<std::string, std::string> rows_;                            // by English phrase
    std::map<std::string, std::map<std::string, std::string>> phrases_;  // by language and row
};

void translations(const data::DataSet& set, const std::vector<Name>& names, const Translations& table,
                  const std::string& language, const Add& add) {
    for (std::size_t k = 0; k < names.size(); ++k) {
        std::vector<std::string> english = {names[k].text};
        const auto& others = set.categories[names[k].category].names;
        english.insert(english.end(), others.begin(), others.end());
        for (const std::string& name : english) {
            if (std::string phrase = table.of(name, language); !phrase.empty()) {
                add(names[k].category, std::move(phrase), {k});
                break;
            }
        }
    }
}

bool isLanguage(const std::string& kind) { return kind != "synonyms" && kind != "plurals" && kind != "parents"; }

}  // namespace

Result<std::vector<Wording>> wordingsOf(const data::DataSet& set, const std::vector<Name>& names,
                                        const WordingKinds& wanted) {
    std::vector<Wording> wordings;
    Translations table;
    if (!wanted.table.empty()) {
        auto read = Translations::read(wanted.table);
        if (!read) {
            return read.error();
        }
        table = std::move(*read);
    }
    for (std::size_t i = 0; i < wanted.kinds.size(); ++i) {
        const std::string& kind = wanted.kinds[i];
        if (isLanguage(kind) && !table.knows(kind)) {
            return Error{ErrorKind::usage,
                         message("%1 is not synonyms, plurals or parents, and no language with phrases", quoted(kind)),
                         "name a language of the table of phrases, and the table"};
        }
        const Add add = [&](std::size_t category, std::string phrase, std::vector<std::size_t> of) {
            wordings.push_back({i, {category, std::move(phrase)}, std::move(of)});
        };
        if (kind == "synonyms") {
            synonyms(set, names, add);
        } else if (kind == "plurals") {
            plurals(names, add);
        } else if (kind == "parents") {
            parents(set, names, add);
        } else {
            translations(set, names, table, kind, add);
        }
    }
    return wordings;
}

}  // namespace maskwright::eval
