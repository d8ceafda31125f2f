#include "core/data/formats/expression_list.h"

#include <unordered_map>

#include "core/base/json.h"
#include "core/data/formats/coco.h"
#include "core/data/formats/coco_values.h"

namespace maskwright::data {
namespace {

struct Entry {
    std::string image, expression;
    std::int64_t annotation = 0;
};

Result<std::vector<Entry>> entriesOf(const std::string& file) {
    const auto list = readJsonFile(file);
    if (!list) {
        return list.error();
    }
    const auto broken = [&](Message what) {
        return Error{ErrorKind::input, message("%1: %2", file, std::move(what)),
                     "write a list of {\"image\", \"annotation\", \"expression\"}"};
    };
    if (!list->is_array()) {
        return broken("it is not a list");
    }
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Json& one = (*list)[i];
        const auto id = one.is_object() ? idOf(member(one, "annotation")) : std::nullopt;
        if (!id) {
            return broken(message("entry %1 has no id \"%2\"", i, "annotation"));
        }
        Entry entry{"", "", id->value};
        for (const auto& [key, text] : {std::pair{"image", &entry.image}, std::pair{"expression", &entry.expression}}) {
            const Json* value = member(one, key);
            if (value == nullptr || !value->is_string() || value->get_ref<const std::string&>().empty()) {
                return broken(message("entry %1 has no text \"%2\"", i, key));
            }
            *text = value->get<std::string>();
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace

Result<ReferringSet> readExpressionList(const ReferringOptions& options) {
    const auto entries = entriesOf(options.list);
    if (!entries) {
        return entries.error();
    }
    CocoOptions coco;
    coco.images = options.images;
    auto data = readCoco(options.folder, options.split, coco);
    if (!data) {
        return data.error();
    }
    ReferringSet set{options.list, "list", std::move(*data), {}};
    std::unordered_map<std::int64_t, std::size_t> byId;
    for (std::size_t k = 0; k < set.data.annotations.size(); ++k) {
        byId[set.data.annotations[k].id] = k;
    }
    for (std::size_t i = 0; i < entries->size(); ++i) {
        const Entry& entry = (*entries)[i];
        const auto found = byId.find(entry.annotation);
        if (found == byId.end()) {
            continue;
        }
        const std::size_t photo = set.data.annotations[found->second].photo;
        if (set.data.photos[photo].file != entry.image) {
            return Error{ErrorKind::input,
                         message("%1: entry %2: the annotation %3 is of %4, not of %5", options.list, i,
                                 entry.annotation, quoted(set.data.photos[photo].file), quoted(entry.image)),
                         message("give the list that belongs to %1", set.data.file)};
        }
        set.texts.push_back({entry.expression, photo, {found->second}});
    }
    MASKWRIGHT_TRY(finishTexts(set, entries->size()));
    return set;
}

}  // namespace maskwright::data
