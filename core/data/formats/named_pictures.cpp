#include "core/data/formats/named_pictures.h"

#include <algorithm>
#include <filesystem>

#include "core/base/json.h"
#include "core/image_io/image_io.h"

namespace maskwright::data {
namespace {

namespace fs = std::filesystem;

Error broken(const std::string& file, Message what) {
    return {ErrorKind::input, message("%1: %2", file, std::move(what)),
            "write a list of {\"file\", \"name\"} with, if you like, \"synset\" and \"split\""};
}

// The text under `key`, empty where it is not there.
Result<std::string> textOf(const Json& entry, const char* key, const std::string& file, std::size_t index,
                           bool required) {
    const auto found = entry.is_object() ? entry.find(key) : entry.end();
    if (found == entry.end() && !required) {
        return std::string();
    }
    if (found == entry.end() || !found->is_string() || (required && found->get_ref<const std::string&>().empty())) {
        return broken(file, message("entry %1 has no text \"%2\"", index, key));
    }
    return found->get<std::string>();
}

std::string pathOf(const std::string& folder, const std::string& file) {
    const fs::path inImages = fs::path(folder) / "images" / file;
    std::error_code ignored;
    return (fs::exists(inImages, ignored) ? inImages : fs::path(folder) / file).string();
}

}  // namespace

Result<NamedPictures> readNamedPictures(const std::string& folder, const std::string& split) {
    NamedPictures set;
    set.file = (fs::path(folder) / "kinds.json").string();
    const auto list = readJsonFile(set.file);
    if (!list) {
        return list.error();
    }
    if (!list->is_array()) {
        return broken(set.file, "it is not a list");
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Json& entry = (*list)[i];
        std::string texts[4];
        const std::pair<const char*, bool> keys[] = {
            {"file", true}, {"name", true}, {"synset", false}, {"split", false}};
        for (std::size_t k = 0; k < 4; ++k) {
            auto text = textOf(entry, keys[k].first, set.file, i, keys[k].second);
            if (!text) {
                return text.error();
            }
            texts[k] = std::move(*text);
        }
        const auto& [file, name, synset, of] = texts;
        if (std::find(set.names.begin(), set.names.end(), name) == set.names.end()) {
            set.names.push_back(name);
            set.synsets.push_back(synset);
        }
        if (of.empty() || of == split) {
            set.pictures.push_back({file, pathOf(folder, file), name, synset});
        }
    }
    if (set.pictures.empty()) {
        return broken(set.file, message("none of its %1 pictures is of the split %2", list->size(), quoted(split)));
    }
    return set;
}

Result<Image> readPicture(const NamedPicture& picture) {
    auto read = image_io::read(picture.path);
    if (!read) {
        return read.error();
    }
    return std::move(read->image);
}

}  // namespace maskwright::data
