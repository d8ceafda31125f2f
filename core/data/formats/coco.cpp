#include "core/data/formats/coco.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "core/base/json.h"

namespace maskwright::data {
namespace {

namespace fs = std::filesystem;

// A data set's JSON is far larger than a configuration.
constexpr JsonLimits kLimits{.bytes = std::size_t{1} << 30, .depth = 16, .elements = 150'000'000};
constexpr std::int64_t kMaxSide = 100'000, kMaxPixels = 100'000'000;

std::string entry(const char* list, std::size_t index) { return std::string(list) + "[" + std::to_string(index) + "]"; }

const Json* member(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

Error wrongMask(Message what) { return {ErrorKind::input, std::move(what), ""}; }

Result<Runs> runsOfPolygons(const Json& list, const Photo& photo) {
    std::vector<std::vector<double>> polygons;
    for (const Json& polygon : list) {
        if (!polygon.is_array()) {
            return wrongMask("its segmentation is neither polygons nor runs");
        }
        polygons.emplace_back();
        for (const Json& value : polygon) {
            if (!value.is_number()) {
                return wrongMask("a polygon holds something that is no number");
            }
            polygons.back().push_back(value.get<double>());
        }
    }
    return runsFromPolygons(polygons, photo.width, photo.height);
}

Result<Runs> runsOf(const Json& segmentation, const Photo& photo) {
    if (segmentation.is_array()) {
        return runsOfPolygons(segmentation, photo);
    }
    const Json* size = segmentation.is_object() ? member(segmentation, "size") : nullptr;
    const Json* counts = segmentation.is_object() ? member(segmentation, "counts") : nullptr;
    if (size == nullptr || counts == nullptr || !size->is_array() || size->size() != 2 ||
        !(*size)[0].is_number_integer() || !(*size)[1].is_number_integer()) {
        return wrongMask("its segmentation is neither polygons nor runs");
    }
    const auto height = (*size)[0].get<std::int64_t>(), width = (*size)[1].get<std::int64_t>();
    if (height != photo.height || width != photo.width) {
        return wrongMask(message("its mask is %1x%2, the picture %3x%4", width, height, photo.width, photo.height));
    }
    if (counts->is_string()) {
        return runsFromCompressed(counts->get_ref<const std::string&>(), photo.width, photo.height);
    }
    if (!counts->is_array()) {
        return wrongMask("its runs are neither a text nor a list");
    }
    std::vector<std::int64_t> list;
    for (const Json& value : *counts) {
        if (!value.is_number_integer()) {
            return wrongMask("its runs hold something that is no whole number");
        }
        list.push_back(value.get<std::int64_t>());
    }
    return runsFromCounts(list, photo.width, photo.height);
}

class Reader {
  public:
    explicit Reader(std::string file) : file_(std::move(file)) {}

    Result<void> read(const Json& json, DataSet& set) {
        if (!json.is_object()) {
            return wrong("the top level is not an object");
        }
        for (const char* key : {"images", "annotations", "categories"}) {
            if (!json.contains(key) || !json[key].is_array()) {
                return wrong(message("there is no list \"%1\"", key));
            }
        }
        MASKWRIGHT_TRY(categories(json["categories"], set));
        MASKWRIGHT_TRY(photos(json["images"], set));
        MASKWRIGHT_TRY(annotations(json["annotations"], set));
        const Json* boxes = member(json, "undrawn");
        return boxes == nullptr ? Result<void>() : undrawn(*boxes, set);
    }

    Result<void> closed(const Json& json, DataSet& set) {
        if (!json.is_object()) {
            return wrong("the top level is not an object of category ids");
        }
        for (const auto& [key, value] : json.items()) {
            char* end = nullptr;
            const long long id = std::strtoll(key.c_str(), &end, 10);
            const auto found = categoryById_.find(id);
            if (key.empty() || *end != '\0' || found == categoryById_.end()) {
                return wrong(message("no category has the id %1", quoted(key)));
            }
            set.closed.push_back(found->second);
        }
        std::sort(set.closed.begin(), set.closed.end());
        return {};
    }

    void adoptIds(const DataSet& set) {
        for (std::size_t i = 0; i < set.categories.size(); ++i) {
            categoryById_[set.categories[i].id] = i;
        }
    }

  private:
    [[nodiscard]] Error wrong(Message what) const {
        return {ErrorKind::input, message("%1: %2", file_, std::move(what)), "correct the file or leave the entry out"};
    }

    [[nodiscard]] Result<std::int64_t> integer(const Json& object, const char* key, const std::string& where,
                                               std::int64_t low = INT64_MIN, std::int64_t high = INT64_MAX) const {
        const Json* value = member(object, key);
        if (value == nullptr || !value->is_number_integer()) {
            return wrong(message("%1 has no whole number \"%2\"", where, key));
        }
        const auto number = value->get<std::int64_t>();
        if (number < low || number > high) {
            return wrong(message("%1 has %2 = %3, outside %4 to %5", where, key, number, low, high));
        }
        return number;
    }

    [[nodiscard]] Result<std::string> text(const Json& object, const char* key, const std::string& where,
                                           bool needed) const {
        const Json* value = member(object, key);
        if (value == nullptr && !needed) {
            return std::string();
        }
        if (value == nullptr || !value->is_string() || (needed && value->get_ref<const std::string&>().empty())) {
            return wrong(message("%1 has no text \"%2\"", where, key));
        }
        return value->get<std::string>();
    }
    // Into `out`, which stays as it is where there is no such member.
    Result<void> optionalText(const Json& object, const char* key, const std::string& where, std::string& out) const {
        auto value = text(object, key, where, false);
        if (!value) {
            return value.error();
        }
        out = std::move(*value);
        return {};
    }

    Result<void> synonyms(const Json& object, const std::string& where, Category& category) const {
        category.names = {category.name};
        const Json* names = member(object, "names");
        if (names == nullptr) {
            return {};
        }
        if (!names->is_array()) {
            return wrong(message("%1: \"names\" is not a list", where));
        }
        for (const Json& other : *names) {
            if (!other.is_string()) {
                return wrong(message("%1: \"names\" holds something that is no text", where));
            }
            if (other.get_ref<const std::string&>() != category.name) {
                category.names.push_back(other.get<std::string>());
            }
        }
        return {};
    }

    Result<std::vector<std::int64_t>> parentIds(const Json& object, const std::string& where) const {
        std::vector<std::int64_t> parents;
        const Json* ids = member(object, "parents");
        if (ids == nullptr) {
            return parents;
        }
        if (!ids->is_array()) {
            return wrong(message("%1: \"parents\" is not a list", where));
        }
        for (const Json& parent : *ids) {
            if (!parent.is_number_integer()) {
                return wrong(message("%1: \"parents\" holds something that is no id", where));
            }
            parents.push_back(parent.get<std::int64_t>());
        }
        return parents;
    }

    Result<Category> category(const Json& object, const std::string& where) const {
        if (!object.is_object()) {
            return wrong(message("%1 is not an object", where));
        }
        Category category;
        const auto id = integer(object, "id", where);
        if (!id) {
            return id.error();
        }
        category.id = *id;
        auto name = text(object, "name", where, true);
        if (!name) {
            return name.error();
        }
        category.name = std::move(*name);
        MASKWRIGHT_TRY(optionalText(object, "synset", where, category.synset));
        MASKWRIGHT_TRY(optionalText(object, "group", where, category.group));
        MASKWRIGHT_TRY(synonyms(object, where, category));
        return category;
    }

    Result<void> categories(const Json& list, DataSet& set) {
        std::vector<std::vector<std::int64_t>> parents;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string where = entry("categories", i);
            auto read = category(list[i], where);
            if (!read) {
                return read.error();
            }
            auto ids = parentIds(list[i], where);
            if (!ids) {
                return ids.error();
            }
            if (!categoryById_.emplace(read->id, i).second) {
                return wrong(message("%1: the id %2 is used twice", where, read->id));
            }
            parents.push_back(std::move(*ids));
            set.categories.push_back(std::move(*read));
        }
        for (std::size_t i = 0; i < parents.size(); ++i) {
            for (const std::int64_t id : parents[i]) {
                const auto found = categoryById_.find(id);
                if (found == categoryById_.end()) {
                    return wrong(message("%1: no category has the id %2 of its parent", entry("categories", i), id));
                }
                set.categories[i].parents.push_back(found->second);
            }
        }
        for (std::size_t i = 0; i < set.categories.size(); ++i) {
            findAncestors(set, i);
        }
        return {};
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

    Result<void> coverage(const Json& object, const std::string& where, Photo& photo) const {
        std::string labels;
        MASKWRIGHT_TRY(optionalText(object, "labels", where, labels));
        photo.detected = labels == "detector" || labels == "saliency+detector";
        std::string presence;
        MASKWRIGHT_TRY(optionalText(object, "presence", where, presence));
        if (!presence.empty() && presence != "people") {
            return wrong(message("%1 has the unknown presence %2", where, quoted(presence)));
        }
        photo.vouched = presence == "people" || labels == "instances";
        if (labels == "semantic") {
            photo.coverage = Coverage::listed;
        } else if (labels == "saliency+detector") {
            photo.coverage = Coverage::saliency;
        } else if (!labels.empty() && labels != "instances" && labels != "detector") {
            return wrong(message("%1 has the unknown labels %2", where, quoted(labels)));
        }
        return {};
    }

    Result<Photo> photo(const Json& object, const std::string& where) const {
        if (!object.is_object()) {
            return wrong(message("%1 is not an object", where));
        }
        const auto id = integer(object, "id", where);
        if (!id) {
            return id.error();
        }
        const auto width = integer(object, "width", where, 1, kMaxSide);
        if (!width) {
            return width.error();
        }
        const auto height = integer(object, "height", where, 1, kMaxSide);
        if (!height) {
            return height.error();
        }
        if (*width * *height > kMaxPixels) {
            return wrong(message("%1 is larger than 100 megapixels", where));
        }
        auto file = text(object, "file_name", where, true);
        if (!file) {
            return file.error();
        }
        Photo photo;
        photo.id = *id;
        photo.width = static_cast<int>(*width);
        photo.height = static_cast<int>(*height);
        photo.file = std::move(*file);
        MASKWRIGHT_TRY(optionalText(object, "source", where, photo.source));
        MASKWRIGHT_TRY(coverage(object, where, photo));
        const fs::path path(photo.file);
        if (path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end()) {
            return wrong(message("%1: the file name %2 leads out of the folder", where, quoted(photo.file)));
        }
        return photo;
    }

    Result<void> photos(const Json& list, DataSet& set) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string where = entry("images", i);
            auto read = photo(list[i], where);
            if (!read) {
                return read.error();
            }
            if (!photoById_.emplace(read->id, i).second) {
                return wrong(message("%1: the id %2 is used twice", where, read->id));
            }
            set.photos.push_back(std::move(*read));
        }
        return {};
    }

    Result<Annotation> annotation(const Json& object, const std::string& where, const DataSet& set) const {
        if (!object.is_object()) {
            return wrong(message("%1 is not an object", where));
        }
        const auto image = integer(object, "image_id", where);
        if (!image) {
            return image.error();
        }
        const auto category = integer(object, "category_id", where);
        if (!category) {
            return category.error();
        }
        const auto photo = photoById_.find(*image);
        if (photo == photoById_.end()) {
            return wrong(message("%1: no image has the id %2", where, *image));
        }
        const auto kind = categoryById_.find(*category);
        if (kind == categoryById_.end()) {
            return wrong(message("%1: no category has the id %2", where, *category));
        }
        const Json* segmentation = member(object, "segmentation");
        if (segmentation == nullptr) {
            return wrong(message("%1 has no \"segmentation\"", where));
        }
        auto mask = runsOf(*segmentation, set.photos[photo->second]);
        if (!mask) {
            return wrong(message("%1: %2", where, mask.error().what));
        }
        Annotation annotation;
        annotation.photo = photo->second;
        annotation.category = kind->second;
        annotation.runs = std::move(*mask);
        annotation.area = annotation.runs.area();
        if (const Json* crowd = member(object, "iscrowd")) {
            annotation.crowd = (crowd->is_number_integer() && crowd->get<std::int64_t>() != 0) ||
                               (crowd->is_boolean() && crowd->get<bool>());
        }
        return annotation;
    }

    Result<void> annotations(const Json& list, DataSet& set) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            auto read = annotation(list[i], entry("annotations", i), set);
            if (!read) {
                return read.error();
            }
            if (read->area == 0) {
                continue;  // nothing to learn from, and real COCO files have some
            }
            set.photos[read->photo].annotations.push_back(set.annotations.size());
            set.annotations.push_back(std::move(*read));
        }
        return {};
    }

    Result<Undrawn> box(const Json& object, const std::string& where) const {
        if (!object.is_object()) {
            return wrong(message("%1 is not an object", where));
        }
        const auto image = integer(object, "image_id", where), category = integer(object, "category_id", where);
        if (!image || !category) {
            return image ? category.error() : image.error();
        }
        const auto photo = photoById_.find(*image), kind = categoryById_.find(*category);
        const Json* sides = member(object, "bbox");
        if (photo == photoById_.end() || kind == categoryById_.end()) {
            return wrong(message("%1 is of a picture or a category that is not there", where));
        }
        if (sides == nullptr || !sides->is_array() || sides->size() != 4 ||
            !std::all_of(sides->begin(), sides->end(), [](const Json& side) { return side.is_number(); })) {
            return wrong(message("%1 has no \"bbox\" of four numbers", where));
        }
        const double x = (*sides)[0].get<double>(), y = (*sides)[1].get<double>();
        return Undrawn{photo->second, kind->second, x, y, x + (*sides)[2].get<double>(), y + (*sides)[3].get<double>()};
    }

    Result<void> undrawn(const Json& list, DataSet& set) const {
        if (!list.is_array()) {
            return wrong("\"undrawn\" is not a list");
        }
        for (std::size_t i = 0; i < list.size(); ++i) {
            auto read = box(list[i], entry("undrawn", i));
            if (!read) {
                return read.error();
            }
            set.photos[read->photo].undrawn.push_back(set.undrawn.size());
            set.undrawn.push_back(*read);
        }
        return {};
    }

    std::string file_;
    std::unordered_map<std::int64_t, std::size_t> categoryById_, photoById_;
};

Result<void> readClosed(const fs::path& folder, DataSet& set) {
    const std::string file = (folder / "coco80.json").string();
    std::error_code ignored;
    if (!fs::exists(file, ignored)) {
        for (std::size_t i = 0; i < set.categories.size(); ++i) {
            set.closed.push_back(i);
        }
        return {};
    }
    auto json = readJsonFile(file, ErrorKind::input);
    if (!json) {
        return json.error();
    }
    Reader reader(file);
    reader.adoptIds(set);
    return reader.closed(*json, set);
}

}  // namespace

Result<DataSet> readCoco(const std::string& folder, const std::string& split) {
    DataSet set;
    set.file = (fs::path(folder) / (split + ".json")).string();
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) {
        return Error{ErrorKind::input, message("there is no folder %1", quoted(folder)),
                     message("name the folder that holds %1.json", split)};
    }
    set.imageFolder = folder;
    for (const std::string& name : {std::string("images"), split}) {
        if (fs::is_directory(fs::path(folder) / name, ignored)) {
            set.imageFolder = (fs::path(folder) / name).string();
            break;
        }
    }
    auto json = readJsonFile(set.file, ErrorKind::input, kLimits);
    if (!json) {
        return json.error();
    }
    Reader reader(set.file);
    MASKWRIGHT_TRY(reader.read(*json, set));
    MASKWRIGHT_TRY(readClosed(folder, set));
    if (set.photos.empty()) {
        return Error{ErrorKind::input, message("%1: there is no picture in it", set.file),
                     "name a split that has pictures"};
    }
    for (const Photo& photo : set.photos) {
        if (!fs::is_regular_file(set.pathOf(photo), ignored)) {
            return Error{ErrorKind::input, message("the picture %1 is not there", quoted(set.pathOf(photo))),
                         message("it is listed in %1", set.file)};
        }
    }
    return set;
}

}  // namespace maskwright::data
