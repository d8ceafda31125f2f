#include "core/output/names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "core/base/controls.h"
#include "core/base/result.h"
#include "core/text/unicode.h"

namespace maskwright::output {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kNameBytes = 255;  // NAME_MAX of Linux's file systems

bool beginsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }

void dropLast(std::string& text) {
    while (!text.empty() && !beginsCharacter(text.back())) {
        text.pop_back();
    }
    if (!text.empty()) {
        text.pop_back();
    }
}

void dropFirst(std::string& text) {
    std::size_t count = text.empty() ? 0 : 1;
    while (count < text.size() && !beginsCharacter(text[count])) {
        ++count;
    }
    text.erase(0, count);
}

std::string joined(std::string folder) {
    std::replace(folder.begin(), folder.end(), '/', '-');
    return folder;
}

constexpr std::array<std::string_view, 5> kPlaces = {"{stem}", "{ext}", "{folder}", "{n}", "{phrase}"};

std::string filled(std::string_view pattern, const NameParts& picture, std::string_view phrase) {
    const std::array<std::string_view, kPlaces.size()> values = {picture.stem, picture.ending, picture.folder,
                                                                 picture.number, phrase};
    std::string text;
    while (!pattern.empty()) {
        const auto place = std::find_if(kPlaces.begin(), kPlaces.end(),
                                        [&](std::string_view known) { return pattern.starts_with(known); });
        if (place == kPlaces.end()) {
            text += pattern.front();
            pattern.remove_prefix(1);
            continue;
        }
        pattern.remove_prefix(place->size());
        const std::string value(values[static_cast<std::size_t>(place - kPlaces.begin())]);
        const bool asFolders = *place == "{folder}" && pattern.starts_with('/');
        text += asFolders ? value : joined(value);
    }
    return text;
}

std::size_t nameBytes(const std::string& path) { return path.size() - (path.rfind('/') + 1); }

// `make(parts)` with as much of the stem, and of the folder where the name has it, as its last component has room for.
template <class Make>
std::string fitting(NameParts parts, bool hasFolder, Make make) {
    std::string whole = make(parts);
    while (nameBytes(whole) > kNameBytes) {
        if (hasFolder && parts.folder.size() > parts.stem.size()) {
            dropFirst(parts.folder);
        } else if (!parts.stem.empty()) {
            dropLast(parts.stem);
        } else {
            break;
        }
        whole = make(parts);
    }
    return whole;
}

// How much of a picture's parts its name has, by what the ones before do not tell apart.
enum Level { plain, ending, folder, both, number };

// One picture in distinctNames().
struct Named {
    NameParts parts;
    int level = plain;
    std::size_t count = 1;  // at Level::number

    [[nodiscard]] std::string name(const std::string& suffix, int at) const {
        NameParts used = parts;
        used.folder = joined(at == folder || at == both ? parts.folder : parts.below);
        return fitting(used, true, [&](const NameParts& p) {
            std::string text = p.folder.empty() ? p.stem : p.folder + "-" + p.stem;
            if ((at == ending || at == both) && !p.ending.empty()) {
                text += "-" + p.ending;
            }
            if (at == number && count > 1) {
                text += "-" + std::to_string(count);
            }
            return text + suffix;
        });
    }
    [[nodiscard]] std::string name(const std::string& suffix) const { return name(suffix, level); }
};

// Gives those of `members` that say least the next level at which they differ from each other.
void tellApart(std::vector<Named>& all, const std::set<std::size_t>& members, const std::string& suffix) {
    int lowest = number;
    for (const std::size_t i : members) {
        lowest = std::min(lowest, all[i].level);
    }
    if (lowest == number) {
        all[*members.rbegin()].count += 1;
        return;
    }
    std::vector<std::size_t> least;
    std::copy_if(members.begin(), members.end(), std::back_inserter(least),
                 [&](std::size_t i) { return all[i].level == lowest; });
    int level = lowest;
    std::set<std::string> keys;
    do {
        ++level;
        keys.clear();
        for (const std::size_t i : least) {
            keys.insert(nameKey(all[i].name(suffix, level)));
        }
    } while (level < number && keys.size() < least.size());
    for (std::size_t i = 0; i < least.size(); ++i) {
        all[least[i]].level = level;
        all[least[i]].count = i + 1;
    }
}

// The pictures whose names meet, if any, and a suffix with which they do.
struct Meeting {
    std::set<std::size_t> pictures;
    std::string suffix;
};

std::vector<Meeting> meetings(const std::vector<Named>& all, const std::vector<std::string>& suffixes,
                              const std::function<bool(const std::string&)>& taken) {
    std::map<std::string, Meeting> byKey;
    std::vector<Meeting> found;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const std::string& suffix : suffixes) {
            const std::string name = all[i].name(suffix);
            Meeting& here = byKey[nameKey(name)];
            here.pictures.insert(i);
            here.suffix = suffix;
            if (taken(name)) {
                found.push_back({{i}, suffix});
            }
        }
    }
    for (auto& [key, meeting] : byKey) {
        if (meeting.pictures.size() > 1) {
            found.push_back(std::move(meeting));
        }
    }
    return found;
}

std::vector<std::string> distinctSuffixes(std::vector<std::string> suffixes) {
    std::set<std::string> used;
    for (std::string& suffix : suffixes) {
        suffix = freePath(suffix, [&](const std::string& name) { return used.contains(nameKey(name)); });
        used.insert(nameKey(suffix));
    }
    return suffixes;
}

}  // namespace

bool isPlace(std::string_view text) { return std::find(kPlaces.begin(), kPlaces.end(), text) != kPlaces.end(); }

std::string placeNames() {
    std::string all;
    for (const std::string_view place : kPlaces) {
        all += (all.empty() ? "" : ", ") + std::string(place);
    }
    return all;
}

std::string fileNamePart(std::string_view phrase) {
    constexpr std::size_t kBytes = 80;
    std::string name;
    for (std::size_t i = 0; i < phrase.size(); ++i) {
        const char c = phrase[i];
        if (name.size() >= kBytes && beginsCharacter(c)) {
            break;
        }
        if (const std::size_t bytes = controlAt(phrase, i); bytes > 0) {
            name += '_';
            i += bytes - 1;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        const bool kept = byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.';
        name += kept ? c : '_';
    }
    if (name.empty() || name.find_first_not_of('.') == std::string::npos) {
        name = "phrase";
    }
    return name;
}

std::string filledPattern(std::string_view pattern, const NameParts& picture, std::string_view phrase) {
    const bool hasFolder = pattern.substr(pattern.rfind('/') + 1).find("{folder}") != std::string_view::npos;
    return fitting(picture, hasFolder, [&](const NameParts& parts) { return filled(pattern, parts, phrase); });
}

bool staysBelow(std::string_view path) {
    const fs::path whole(path);
    return !whole.has_root_path() && std::find(whole.begin(), whole.end(), "..") == whole.end();
}

std::string nameKey(std::string_view name) {
    return text::encodeUtf8(text::nfc(text::lowerCase(text::nfc(text::decodeUtf8(name)))));
}

std::vector<std::vector<std::string>> distinctNames(const std::vector<NameParts>& pictures,
                                                    std::vector<std::string> suffixes,
                                                    const std::function<bool(const std::string&)>& taken) {
    suffixes = distinctSuffixes(std::move(suffixes));
    std::vector<Named> all;
    for (const NameParts& parts : pictures) {
        all.push_back({parts});
    }
    for (auto met = meetings(all, suffixes, taken); !met.empty(); met = meetings(all, suffixes, taken)) {
        std::set<std::size_t> renamed;  // what else they met with their old names is looked at again
        for (const Meeting& meeting : met) {
            if (std::none_of(meeting.pictures.begin(), meeting.pictures.end(),
                             [&](std::size_t i) { return renamed.contains(i); })) {
                tellApart(all, meeting.pictures, meeting.suffix);
                renamed.insert(meeting.pictures.begin(), meeting.pictures.end());
            }
        }
    }
    std::vector<std::vector<std::string>> names;
    for (const Named& one : all) {
        auto& row = names.emplace_back();
        for (const std::string& suffix : suffixes) {
            row.push_back(one.name(suffix));
        }
    }
    return names;
}

std::string printable(std::string_view name) {
    const std::string shown = quoted(name, std::string::npos);
    return shown.substr(1, shown.size() - 2);
}

std::string suggestedSuffix(Kind kind) { return "-" + std::string(kindName(kind)) + ".png"; }

std::string suggestedName(std::string_view picture, Kind kind, std::string_view phrase) {
    std::string stem = fs::path(picture).stem().string();
    NameParts parts;
    parts.stem = stem.empty() ? "picture" : std::move(stem);
    const std::string between = phrase.empty() ? "" : "-{phrase}";
    return filledPattern("{stem}" + between + suggestedSuffix(kind), parts, fileNamePart(phrase));
}

std::string freePath(const std::string& path, const std::function<bool(const std::string&)>& taken) {
    const fs::path whole(path);
    std::string start = (whole.parent_path() / whole.stem()).string();
    std::string name = path;
    for (int i = 2; taken(name); ++i) {
        const std::string end = "-" + std::to_string(i) + whole.extension().string();
        while (nameBytes(start) + end.size() > kNameBytes && nameBytes(start) > 1) {
            dropLast(start);
        }
        name = start + end;
    }
    return name;
}

}  // namespace maskwright::output
