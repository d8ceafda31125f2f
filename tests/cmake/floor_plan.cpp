#include "tests/cmake/floor_plan.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace include_rules {
namespace {

// Room to the number of its floor, 0 the lowest.
std::map<std::string, std::size_t> floorOf(const Table& table) {
    std::map<std::string, std::size_t> out;
    for (std::size_t floor = 0; floor < table.floors.size(); ++floor) {
        for (const std::string& room : table.floors[floor]) {
            out.emplace(room, floor);
        }
    }
    return out;
}

// What any file of `room` may include, in folders of its own too.
std::set<std::string> allowedSomewhere(const Table& table, const std::string& room) {
    std::set<std::string> out;
    for (const auto& [pattern, words] : table.files) {
        if (pattern.starts_with(room + "/") || matches(pattern, room + "/x.h") || matches(pattern, room + "/x.cpp")) {
            out.insert(words.begin(), words.end());
        }
    }
    return out;
}

std::string shortName(const std::string& room) {
    constexpr std::string_view kCore = "core/";
    return room.starts_with(kCore) ? room.substr(kCore.size()) : room;
}

// The rooms that `room` may include, from the lowest floor up, in brackets where not all its files may.
std::vector<std::string> wordsOf(const Table& table, const std::string& room) {
    const auto some = allowedSomewhere(table, room), all = allowedFor(table, room + "/x.h");
    std::vector<std::string> out;
    for (const auto& floor : table.floors) {
        for (const std::string& other : floor) {
            if (some.count(other) != 0) {
                const std::string name = shortName(other);
                out.push_back(all.count(other) != 0 ? name : std::string("(").append(name).append(")"));
            }
        }
    }
    return out;
}

// Words after `indent` columns, in lines that end before `columns`.
std::string wrapped(const std::vector<std::string>& words, std::size_t indent, std::size_t columns) {
    std::string text, line;
    for (const std::string& word : words) {
        if (indent + line.size() + 1 + word.size() > columns) {
            text += line + "\n" + std::string(indent, ' ');
            line.clear();
        }
        line += (line.empty() ? "" : " ") + word;
    }
    return text + line;
}

}  // namespace

std::set<std::string> roomsOf(const Tree& tree) {
    std::set<std::string> rooms;
    for (const auto& file : tree) {
        rooms.insert(folderOf(file.first));
    }
    return rooms;
}

std::vector<std::string> checkFloors(const Table& table, const std::set<std::string>& rooms) {
    std::vector<std::string> out;
    std::map<std::string, int> times;
    for (const auto& floor : table.floors) {
        for (const std::string& room : floor) {
            if (++times[room] == 2) {
                out.push_back(room + " is on two floors");
            }
        }
    }
    const auto floors = floorOf(table);
    for (const std::string& room : rooms) {
        const auto own = floors.find(room);
        if (own == floors.end()) {
            out.push_back(room + " is on no floor of the table");
            continue;
        }
        for (const std::string& word : allowedSomewhere(table, room)) {
            const auto other = floors.find(word);
            if (word != room && other != floors.end() && other->second >= own->second) {
                out.push_back("the table lets " + room + " include " + word + ", which is not on a floor below");
            }
        }
    }
    return out;
}

std::string drawing(const Table& table, const std::set<std::string>& rooms) {
    constexpr std::size_t kNames = 16, kColumns = 118;
    const std::string ground(kColumns, '-');
    std::string out;
    for (auto floor = table.floors.rbegin(); floor != table.floors.rend(); ++floor) {
        std::string lines;
        for (const std::string& room : *floor) {
            if (rooms.count(room) == 0) {
                continue;
            }
            std::string name = shortName(room);
            name.resize(std::max(kNames, name.size() + 1), ' ');
            lines += name + wrapped(wordsOf(table, room), kNames, kColumns);
            lines.erase(lines.find_last_not_of(' ') + 1);
            lines += "\n";
        }
        if (!lines.empty()) {
            out += lines + ground + "\n";
        }
    }
    return out;
}

std::string pageWith(std::string_view page, const std::string& drawing) {
    const std::size_t begin = page.find(kBegin);
    const std::size_t end = begin == std::string_view::npos ? begin : page.find(kEnd, begin);
    if (end == std::string_view::npos) {
        throw std::runtime_error("the page has no place for the floors: it lacks the lines\n" + std::string(kBegin) +
                                 std::string(kEnd));
    }
    return std::string(page.substr(0, begin + kBegin.size())) + "```\n" + drawing + "```\n" +
           std::string(page.substr(end));
}

}  // namespace include_rules
