#include "core/data/formats/coco_categories.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>
#include <vector>

#include "core/data/formats/coco_values.h"

namespace maskwright::data {
namespace {

class CategoryReader {
  public:
    CategoryReader(DataSet& set, Oddities& oddities) : set_(set), oddities_(oddities) {}

    Result<void> read(const Json& list) {
        std::vector<Parents> parents;  // of the categories that can be used
        for (std::size_t i = 0; i < list.size(); ++i) {
            MASKWRIGHT_TRY(category(list[i], entryName("categories", i, list[i]), parents));
        }
        for (std::size_t i = 0; i < parents.size(); ++i) {
            for (const std::int64_t id : parents[i].ids) {
                const auto found = ids_.find(id);
                if (found == ids_.end()) {
                    MASKWRIGHT_TRY(oddities_.add(Oddity::unknownCategory, parents[i].where,
                                                 message("no category has the id %1 of its parent", id)));
                } else {
                    set_.categories[i].parents.push_back(found->second);
                }
            }
        }
        for (std::size_t i = 0; i < set_.categories.size(); ++i) {
            findAncestors(set_, i);
        }
        return {};
    }

    CategoryIds take() { return std::move(ids_); }

  private:
    struct Parents {
        std::string where;  // the category's entry
        std::vector<std::int64_t> ids;
    };

    Result<void> synonyms(const Json& object, const std::string& where, Category& category) {
        category.names = {category.name};
        const Json* names = member(object, "names");
        if (names == nullptr) {
            return {};
        }
        bool good = names->is_array();
        for (const Json& other : good ? *names : Json::array()) {
            if (!other.is_string()) {
                good = false;
            } else if (other.get_ref<const std::string&>() != category.name) {
                category.names.push_back(other.get<std::string>());
            }
        }
        return good ? Result<void>() : oddities_.add(Oddity::member, where, "\"names\" is no list of texts");
    }

    // Ids, which may be of categories that come later.
    Result<std::vector<std::int64_t>> parentIds(const Json& object, const std::string& where) {
        std::vector<std::int64_t> parents;
        const Json* ids = member(object, "parents");
        bool good = ids == nullptr || ids->is_array();
        for (const Json& parent : ids != nullptr && good ? *ids : Json::array()) {
            if (const auto id = idOf(&parent)) {
                parents.push_back(id->value);
            } else {
                good = false;
            }
        }
        if (!good) {
            MASKWRIGHT_TRY(oddities_.add(Oddity::member, where, "\"parents\" is no list of ids"));
        }
        return parents;
    }

    Result<void> category(const Json& object, const std::string& where, std::vector<Parents>& parents) {
        const auto id = object.is_object() ? idOf(member(object, "id")) : std::nullopt;
        const Json* name = object.is_object() ? member(object, "name") : nullptr;
        if (!object.is_object()) {
            return oddities_.add(Oddity::category, where, "it is not an object");
        }
        if (!id) {
            return oddities_.add(Oddity::category, where, noId(object, "id"));
        }
        if (name == nullptr || !name->is_string() ||
            name->get_ref<const std::string&>().find_first_not_of(" \t\r\n") == std::string::npos) {
            return oddities_.add(Oddity::category, where, "it has no text \"name\"");
        }
        Category category;
        category.name = name->get<std::string>();
        MASKWRIGHT_TRY(countWriting(*id, object, "id", where, oddities_));
        category.id = id->value;
        if (ids_.contains(category.id)) {
            return oddities_.add(Oddity::categoryTwice, where, message("the id %1 is used twice", shown(object["id"])));
        }
        MASKWRIGHT_TRY(textOf(object, "synset", where, category.synset, oddities_));
        MASKWRIGHT_TRY(textOf(object, "group", where, category.group, oddities_));
        MASKWRIGHT_TRY(synonyms(object, where, category));
        auto ids = parentIds(object, where);
        if (!ids) {
            return ids.error();
        }
        // Two with one name, and not of two meanings, are asked for with one phrase: they are one.
        const auto place = places_.try_emplace({category.name, category.synset}, set_.categories.size()).first->second;
        ids_.emplace(category.id, place);
        if (place < set_.categories.size()) {
            MASKWRIGHT_TRY(oddities_.add(Oddity::categoryName, where,
                                         message("the name %1 is used twice", quoted(category.name))));
            join(category, set_.categories[place]);
            parents[place].ids.insert(parents[place].ids.end(), ids->begin(), ids->end());
            return {};
        }
        parents.push_back({where, std::move(*ids)});
        set_.categories.push_back(std::move(category));
        return {};
    }

    static void join(const Category& category, Category& into) {
        for (const std::string& name : category.names) {
            if (std::find(into.names.begin(), into.names.end(), name) == into.names.end()) {
                into.names.push_back(name);
            }
        }
    }

    static void findAncestors(DataSet& set, std::size_t of) {
        std::vector<std::size_t> open = set.categories[of].parents;
        std::vector<std::size_t>& seen = set.categories[of].ancestors;
        while (!open.empty()) {
            const std::size_t next = open.back();
            open.pop_back();
            const auto place = std::lower_bound(seen.begin(), seen.end(), next);
            if (next == of || (place != seen.end() && *place == next)) {
                continue;
            }
            seen.insert(place, next);
            open.insert(open.end(), set.categories[next].parents.begin(), set.categories[next].parents.end());
        }
    }

    DataSet& set_;
    Oddities& oddities_;
    CategoryIds ids_;
    std::map<std::pair<std::string, std::string>, std::size_t> places_;  // by name and synset
};

}  // namespace

Result<CategoryIds> readCategories(const Json& list, DataSet& set, Oddities& oddities) {
    CategoryReader reader(set, oddities);
    MASKWRIGHT_TRY(reader.read(list));
    return reader.take();
}

Result<void> readClosed(const std::string& file, const CategoryIds& ids, DataSet& set, Oddities& oddities) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) {
        for (std::size_t i = 0; i < set.categories.size(); ++i) {
            set.closed.push_back(i);
        }
        return {};
    }
    const auto json = readJsonFile(file, ErrorKind::input);
    if (!json) {
        return json.error();
    }
    const auto fail = [&](Message what) {
        return Error{ErrorKind::input, message("%1: %2", file, std::move(what)),
                     "correct the file or leave the entry out"};
    };
    if (!json->is_object()) {
        return fail("the top level is not an object of category ids");
    }
    for (const auto& [key, value] : json->items()) {
        const Json text(key);
        const auto id = idOf(&text);
        const auto found = id ? ids.find(id->value) : ids.end();
        if (found == ids.end()) {
            MASKWRIGHT_TRY(
                oddities.add(Oddity::unknownCategory, file, message("no category has the id %1", quoted(key))));
            continue;
        }
        set.closed.push_back(found->second);
    }
    if (set.closed.empty() && !json->empty()) {
        return fail("none of its ids is a category's");
    }
    std::sort(set.closed.begin(), set.closed.end());
    set.closed.erase(std::unique(set.closed.begin(), set.closed.end()), set.closed.end());
    return {};
}

}  // namespace maskwright::data
