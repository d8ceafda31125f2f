#include "tests/cmake/include_rules.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace include_rules {
namespace {

std::vector<std::string> wordsOf(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> out;
    for (std::string word; stream >> word;) {
        out.push_back(word);
    }
    return out;
}

bool matchesAny(const std::vector<std::string>& patterns, std::string_view text) {
    return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) { return matches(pattern, text); });
}

// <vector>, <string_view>: neither slash, dot nor capital.
bool isStandard(std::string_view header) {
    return !header.empty() && std::all_of(header.begin(), header.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

std::optional<std::string> familyOf(const Table& table, std::string_view header) {
    for (const auto& [name, patterns] : table.families) {
        if (matchesAny(patterns, header)) {
            return name;
        }
    }
    return std::nullopt;
}

std::string at(const std::string& path, int line) { return path + ":" + std::to_string(line) + ": "; }

// What is wrong with one include, empty where nothing is.
std::string problemOf(const Table& table, const Tree& tree, const std::string& path, const Include& include,
                      const std::set<std::string>& allowed) {
    const std::string& header = include.header;
    if (header.empty()) {
        return "an include must name its file";
    }
    if (const std::string folder = folderOf(header); include.quoted && !folder.empty()) {
        if (allowed.count(folder) == 0) {
            return folderOf(path) + " may not include " + folder + " (" + header + ")";
        }
        const bool generated = header.ends_with(".moc");
        return tree.count(header) != 0 || generated ? "" : header + " does not exist";
    }
    if (include.quoted) {
        return header + " must be named from the repository's root, or in <> where it is not ours";
    }
    if (isStandard(header) || matchesAny(table.system, header)) {
        return {};
    }
    const auto family = familyOf(table, header);
    if (!family) {
        return "the table knows no library with the header " + header;
    }
    return allowed.count(*family) != 0 ? "" : "this file may not include " + *family + " (" + header + ")";
}

// How `path` comes to a header of `families`: the files on the way; empty where it does not.
std::vector<std::string> wayTo(const Table& table, const std::map<std::string, std::vector<Include>>& includes,
                               const std::string& path, const std::vector<std::string>& families,
                               std::set<std::string>& seen) {
    const auto found = includes.find(path);
    if (found == includes.end() || !seen.insert(path).second) {
        return {};
    }
    for (const Include& include : found->second) {
        const auto family = include.quoted ? std::nullopt : familyOf(table, include.header);
        if (family && std::find(families.begin(), families.end(), *family) != families.end()) {
            return {path, include.header};
        }
        if (auto rest = wayTo(table, includes, include.header, families, seen); !rest.empty()) {
            rest.insert(rest.begin(), path);
            return rest;
        }
    }
    return {};
}

}  // namespace

std::string folderOf(std::string_view path) {
    const std::size_t first = path.find('/');
    if (first == std::string_view::npos) {
        return {};
    }
    const std::string_view top = path.substr(0, first);
    if (top == "core" || top == "ui") {
        const std::size_t second = path.find('/', first + 1);
        return std::string(second == std::string_view::npos ? top : path.substr(0, second));
    }
    return top == "app" ? std::string(top) : std::string();
}

std::set<std::string> allowedFor(const Table& table, std::string_view path) {
    std::set<std::string> out{folderOf(path)};
    for (const auto& [pattern, words] : table.files) {
        if (matches(pattern, path)) {
            out.insert(words.begin(), words.end());
        }
    }
    return out;
}

Table readTable(std::string_view text) {
    Table table;
    std::istringstream stream{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        auto words = wordsOf(line.substr(0, line.find('#')));
        if (words.empty()) {
            continue;
        }
        const std::string kind = words[0];
        const bool ruled = kind == "files" || kind == "closed";
        if (words.size() < (ruled ? 3u : 2u) || (ruled && words[2] != ":") || (kind == "family" && words.size() < 3)) {
            throw std::runtime_error("line " + std::to_string(number) + " of the table is too short");
        }
        std::vector<std::string> rest(words.begin() + (kind == "system" || kind == "floor" ? 1
                                                       : ruled                             ? 3
                                                                                           : 2),
                                      words.end());
        if (kind == "system") {
            table.system.insert(table.system.end(), rest.begin(), rest.end());
        } else if (kind == "floor") {
            table.floors.push_back(std::move(rest));
        } else if (kind == "family") {
            table.families.emplace_back(words[1], std::move(rest));
        } else if (ruled) {
            (kind == "files" ? table.files : table.closed).emplace_back(words[1], std::move(rest));
        } else {
            throw std::runtime_error("line " + std::to_string(number) + " of the table begins with " + kind);
        }
    }
    return table;
}

bool matches(std::string_view pattern, std::string_view text) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) {
        return pattern == text;
    }
    if (!text.starts_with(pattern.substr(0, star))) {
        return false;
    }
    const std::string_view rest = pattern.substr(star + 1);
    for (std::size_t from = star; from <= text.size(); ++from) {
        if (matches(rest, text.substr(from))) {
            return true;
        }
    }
    return false;
}

std::vector<Include> includesOf(std::string_view source) {
    static const std::regex directive(R"(\s*#\s*include\b\s*(.*))");
    static const std::regex name(R"re((<([^>]+)>|"([^"]+)").*)re");
    std::vector<Include> out;
    std::istringstream stream{std::string(source)};
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        // Cheap before exact: a source line may be long.
        if (line.find("include") == std::string::npos || line.size() > 1000) {
            continue;
        }
        std::smatch found, parts;
        if (std::regex_match(line, found, directive)) {
            const std::string operand = found[1].str();
            const bool literal = std::regex_match(operand, parts, name);
            out.push_back({number, literal ? parts[2].str() + parts[3].str() : "", literal && operand[0] == '"'});
        }
    }
    return out;
}

std::string textOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
        throw std::runtime_error(path.string() + " cannot be read");
    }
    return text.str();
}

Tree readTree(const std::filesystem::path& root, const std::vector<std::string>& folders) {
    Tree tree;
    for (const std::string& folder : folders) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp")) {
                tree[entry.path().lexically_relative(root).generic_string()] = textOf(entry.path());
            }
        }
    }
    return tree;
}

std::vector<std::string> check(const Table& table, const Tree& tree) {
    std::vector<std::string> out;
    std::map<std::string, std::vector<Include>> includes;
    for (const auto& [path, text] : tree) {
        includes[path] = includesOf(text);
    }
    for (const auto& entry : includes) {
        const std::string& path = entry.first;
        const auto allowed = allowedFor(table, path);
        if (std::none_of(table.files.begin(), table.files.end(),
                         [&](const auto& rule) { return matches(rule.first, path); })) {
            out.push_back(path + ": the table has no line for this folder");
            continue;
        }
        for (const Include& include : entry.second) {
            if (const std::string problem = problemOf(table, tree, path, include, allowed); !problem.empty()) {
                out.push_back(at(path, include.line) + problem);
            }
        }
        for (const auto& [pattern, families] : table.closed) {
            std::set<std::string> seen;
            const auto way =
                matches(pattern, path) ? wayTo(table, includes, path, families, seen) : std::vector<std::string>{};
            std::string steps;
            for (const std::string& step : way) {
                steps += (steps.empty() ? "" : " -> ") + step;
            }
            if (!steps.empty()) {
                out.push_back(path + ": must not reach " + way.back() + " (" + steps + ")");
            }
        }
    }
    return out;
}

std::vector<std::string> compareWithLinks(const Table& table, std::string_view cmake) {
    // Module to what it links: PUBLIC links are passed on, PRIVATE ones and HEADERS are its own.
    std::map<std::string, std::set<std::string>> open, own;
    static const std::regex call(R"(maskwright_module\(\s*(\w+)([^)]*)\))");
    const std::string text(cmake);
    for (std::sregex_iterator it(text.begin(), text.end(), call), end; it != end; ++it) {
        const std::string name = "core/" + (*it)[1].str();
        open[name];
        bool isPrivate = false;
        for (const std::string& word : wordsOf((*it)[2].str())) {
            constexpr std::string_view kPrefix = "maskwright::";
            if (word == "PUBLIC" || word == "PRIVATE" || word == "HEADERS") {
                isPrivate = word != "PUBLIC";
            } else if (word.starts_with(kPrefix) && word != "maskwright::torch") {
                (isPrivate ? own : open)[name].insert("core/" + word.substr(kPrefix.size()));
            }
        }
    }
    std::vector<std::string> out;
    for (const auto& [name, direct] : open) {
        std::set<std::string> reached;
        std::vector<std::string> work(direct.begin(), direct.end());
        work.insert(work.end(), own[name].begin(), own[name].end());
        while (!work.empty()) {
            const std::string next = work.back();
            work.pop_back();
            if (reached.insert(next).second) {
                work.insert(work.end(), open[next].begin(), open[next].end());
            }
        }
        const auto allowed = allowedFor(table, name + "/x.cpp");
        for (const std::string& word : allowed) {
            if (word.starts_with("core/") && word != name && reached.count(word) == 0) {
                out.push_back("the table lets " + name + " include " + word +
                              ", which core/CMakeLists.txt does not link to it");
            }
        }
        for (const auto& links : {direct, own[name]}) {
            for (const std::string& link : links) {
                if (allowed.count(link) == 0) {
                    out.push_back("core/CMakeLists.txt links " + link + " to " + name +
                                  ", which the table does not let it include");
                }
            }
        }
    }
    if (open.empty()) {
        out.emplace_back("core/CMakeLists.txt has no maskwright_module lines");
    }
    return out;
}

}  // namespace include_rules
