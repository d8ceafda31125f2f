#include "core/output/names.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

namespace maskwright::output {

namespace fs = std::filesystem;

std::string fileNamePart(std::string_view phrase) {
    constexpr std::size_t kBytes = 80;
    std::string name;
    for (const char c : phrase) {
        const auto byte = static_cast<unsigned char>(c);
        if (name.size() >= kBytes && (byte & 0xc0) != 0x80) {
            break;  // only before a character's first byte
        }
        const bool kept = byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.';
        name += kept ? c : '_';
    }
    if (name.empty() || name.find_first_not_of('.') == std::string::npos) {
        name = "phrase";
    }
    return name;
}

std::string filledPattern(std::string_view pattern, std::string_view stem, std::string_view phrase) {
    constexpr std::string_view kStem = "{stem}", kPhrase = "{phrase}";
    std::string text;
    for (std::size_t i = 0; i < pattern.size();) {
        const std::string_view rest = pattern.substr(i);
        if (rest.starts_with(kStem)) {
            text += stem;
            i += kStem.size();
        } else if (rest.starts_with(kPhrase)) {
            text += phrase;
            i += kPhrase.size();
        } else {
            text += pattern[i++];
        }
    }
    return text;
}

std::string suggestedName(std::string_view picture, Kind kind) {
    std::string stem = fs::path(picture).stem().string();
    if (stem.empty()) {
        stem = "picture";
    }
    return stem + "-" + std::string(kindName(kind)) + ".png";
}

std::vector<std::string> suggestedPaths(const std::vector<std::string>& pictures, const std::string& folder,
                                        Kind kind) {
    std::vector<std::string> paths;
    std::set<std::string> used;
    for (const std::string& picture : pictures) {
        std::string path = (fs::path(folder) / suggestedName(picture, kind)).string();
        if (used.contains(path)) {
            std::string whole = fs::path(picture).filename().string();
            std::replace(whole.begin(), whole.end(), '.', '-');
            path = (fs::path(folder) / suggestedName(whole, kind)).string();
        }
        path = freePath(path, [&](const std::string& name) { return used.contains(name); });
        used.insert(path);
        paths.push_back(path);
    }
    return paths;
}

std::string freePath(const std::string& path, const std::function<bool(const std::string&)>& taken) {
    const fs::path whole(path);
    const std::string start = (whole.parent_path() / whole.stem()).string(), ending = whole.extension().string();
    std::string name = path;
    for (int i = 2; taken(name); ++i) {
        name = start + "-" + std::to_string(i) + ending;
    }
    return name;
}

}  // namespace maskwright::output
