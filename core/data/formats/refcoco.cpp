#include "core/data/formats/refcoco.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <unordered_map>

#include "core/base/file.h"
#include "core/data/formats/coco.h"
#include "core/weights/pickle.h"

namespace maskwright::data {
namespace {

namespace fs = std::filesystem;
using weights::Pickle;
using weights::PickleIndex;

constexpr std::string_view kBefore = "refs(", kAfter = ").p";

struct Ref {
    std::int64_t annotation = 0, image = 0;
    std::string split;
    std::vector<std::string> sentences;
};

Error broken(const std::string& file, Message what) {
    return {ErrorKind::input, message("%1: %2", file, std::move(what)),
            "get the file that belongs to RefCOCO, RefCOCO+ or RefCOCOg again"};
}

// A member of a dictionary; null where it is not there.
const weights::PickleValue* member(const Pickle& pickle, PickleIndex of, std::string_view key) {
    const auto* dict = std::get_if<weights::PickleDict>(&pickle.at(of));
    if (dict == nullptr) {
        return nullptr;
    }
    for (const auto& [name, value] : dict->items) {
        if (const auto* text = std::get_if<std::string>(&pickle.at(name)); text != nullptr && *text == key) {
            return &pickle.at(value);
        }
    }
    return nullptr;
}

template <class T>
const T* memberAs(const Pickle& pickle, PickleIndex of, std::string_view key) {
    const auto* value = member(pickle, of, key);
    return value == nullptr ? nullptr : std::get_if<T>(value);
}

Result<Ref> refOf(const Pickle& pickle, PickleIndex index, const std::string& file, std::size_t number) {
    Ref ref;
    for (const auto& [key, id] : {std::pair{"ann_id", &ref.annotation}, std::pair{"image_id", &ref.image}}) {
        const auto* value = memberAs<std::int64_t>(pickle, index, key);
        if (value == nullptr) {
            return broken(file, message("entry %1 has no id \"%2\"", number, key));
        }
        *id = *value;
    }
    const auto* split = memberAs<std::string>(pickle, index, "split");
    const auto* sentences = memberAs<weights::PickleList>(pickle, index, "sentences");
    if (split == nullptr || sentences == nullptr) {
        return broken(file, message("entry %1 has no \"%2\"", number, split == nullptr ? "split" : "sentences"));
    }
    ref.split = *split;
    for (const PickleIndex one : sentences->items) {
        const auto* text = memberAs<std::string>(pickle, one, "sent");
        text = text != nullptr ? text : memberAs<std::string>(pickle, one, "raw");
        if (text == nullptr) {
            return broken(file, message("entry %1 has a sentence without \"%2\"", number, "sent"));
        }
        ref.sentences.push_back(*text);
    }
    return ref;
}

// Those of one split.
Result<std::vector<Ref>> readRefs(const std::string& file, const std::string& split) {
    const auto bytes = readFile(file, weights::kMaxDataBytes);
    if (!bytes) {
        return bytes.error();
    }
    const auto pickle = weights::readPlainPickle(std::as_bytes(std::span(*bytes)), file);
    if (!pickle) {
        return pickle.error();
    }
    const auto* list = std::get_if<weights::PickleList>(&pickle->top());
    if (list == nullptr) {
        return broken(file, "it is not a list");
    }
    std::vector<Ref> refs;
    std::set<std::string> splits;
    for (std::size_t i = 0; i < list->items.size(); ++i) {
        auto ref = refOf(*pickle, list->items[i], file, i);
        if (!ref) {
            return ref.error();
        }
        splits.insert(ref->split);
        if (ref->split == split) {
            refs.push_back(std::move(*ref));
        }
    }
    if (refs.empty()) {
        std::string names;
        for (const std::string& name : splits) {
            names += (names.empty() ? "" : ", ") + name;
        }
        return Error{ErrorKind::input, message("%1 has no split %2", file, quoted(split)),
                     message("name one of: %1", names)};
    }
    return refs;
}

Result<std::string> fileOf(const ReferringOptions& options, const std::vector<std::string>& refs) {
    std::string names;
    for (const std::string& one : refs) {
        names += (names.empty() ? "" : ", ") + one;
    }
    if (options.splitBy.empty() && refs.size() > 1) {
        return Error{ErrorKind::usage, message("the folder %1 has splits by several", quoted(options.folder)),
                     message("say which with --split-by: %1", names)};
    }
    const std::string by = options.splitBy.empty() ? refs.front() : options.splitBy;
    if (std::find(refs.begin(), refs.end(), by) == refs.end()) {
        return Error{ErrorKind::usage, message("the folder %1 has no splits by %2", quoted(options.folder), quoted(by)),
                     message("name one of: %1", names)};
    }
    return (fs::path(options.folder) / (std::string(kBefore) + by + std::string(kAfter))).string();
}

std::string imagesOf(const ReferringOptions& options) {
    const fs::path folder = options.folder;
    std::error_code ignored;
    for (const fs::path& place : {folder / "images", folder / ".." / "images" / "mscoco" / "images" / "train2014"}) {
        if (options.images.empty() && fs::is_directory(place, ignored)) {
            return place.string();
        }
    }
    return options.images.empty() ? options.folder : options.images;
}

}  // namespace

std::vector<std::string> refsIn(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with(kBefore) && name.ends_with(kAfter) && name.size() > kBefore.size() + kAfter.size()) {
            names.push_back(name.substr(kBefore.size(), name.size() - kBefore.size() - kAfter.size()));
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<ReferringSet> readRefCoco(const ReferringOptions& options, const std::vector<std::string>& names) {
    const auto file = fileOf(options, names);
    if (!file) {
        return file.error();
    }
    const auto refs = readRefs(*file, options.split);
    if (!refs) {
        return refs.error();
    }
    CocoOptions coco;
    coco.images = imagesOf(options);
    for (const Ref& ref : *refs) {
        coco.only.insert(ref.image);
    }
    auto data = readCoco(options.folder, "instances", coco);
    if (!data) {
        return data.error();
    }
    ReferringSet set{*file, "RefCOCO", std::move(*data), {}};
    std::unordered_map<std::int64_t, std::size_t> byId;
    for (std::size_t k = 0; k < set.data.annotations.size(); ++k) {
        byId[set.data.annotations[k].id] = k;
    }
    std::size_t all = 0;
    for (const Ref& ref : *refs) {
        const auto found = byId.find(ref.annotation);
        all += ref.sentences.size();
        for (std::size_t i = 0; i < ref.sentences.size() && found != byId.end(); ++i) {
            set.texts.push_back({ref.sentences[i], set.data.annotations[found->second].photo, {found->second}});
        }
    }
    MASKWRIGHT_TRY(finishTexts(set, all));
    return set;
}

}  // namespace maskwright::data
