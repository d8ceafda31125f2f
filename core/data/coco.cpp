#include "core/data/coco.h"

#include <algorithm>
#include <filesystem>

#include "core/base/json.h"
#include "core/image_io/image_io.h"

namespace maskwright::data {
namespace {

namespace fs = std::filesystem;

// A data set's JSON is far larger than a configuration.
constexpr JsonLimits kLimits{.bytes = std::size_t{1} << 30, .depth = 16, .elements = 150'000'000};
constexpr std::int64_t kMaxSide = 100'000;

class Reader {
  public:
    explicit Reader(std::string file) : file_(std::move(file)) {}

    Error wrong(const std::string& what) const {
        return {ErrorKind::input, file_ + ": " + what, "correct the file or leave the entry out"};
    }

    Result<void> read(const Json& json, DataSet& set) {
        if (!json.is_object()) {
            return wrong("the top level is not an object");
        }
        for (const char* key : {"images", "annotations", "categories"}) {
            if (!json.contains(key) || !json[key].is_array()) {
                return wrong(std::string("there is no list \"") + key + "\"");
            }
        }
        MASKWRIGHT_TRY(categories(json["categories"], set));
        MASKWRIGHT_TRY(photos(json["images"], set));
        return annotations(json["annotations"], set);
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
                return wrong("no category has the id " + quoted(key));
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
    static std::string entry(const char* list, std::size_t index) {
        return std::string(list) + "[" + std::to_string(index) + "]";
    }

    static const Json* member(const Json& object, const char* key) {
        const auto found = object.find(key);
        return found == object.end() ? nullptr : &*found;
    }

    Result<std::int64_t> integer(const Json& object, const char* key, const std::string& where, std::int64_t low,
                                 std::int64_t high) const {
        const Json* value = member(object, key);
        if (value == nullptr || !value->is_number_integer()) {
            return wrong(where + " has no whole number \"" + key + "\"");
        }
        const auto number = value->get<std::int64_t>();
        if (number < low || number > high) {
            return wrong(where + " has " + key + " = " + std::to_string(number) + ", outside " + std::to_string(low) +
                         " to " + std::to_string(high));
        }
        return number;
    }

    Result<std::string> text(const Json& object, const char* key, const std::string& where, bool needed) const {
        const Json* value = member(object, key);
        if (value == nullptr && !needed) {
            return std::string();
        }
        if (value == nullptr || !value->is_string() || (needed && value->get_ref<const std::string&>().empty())) {
            return wrong(where + " has no text \"" + key + "\"");
        }
        return value->get<std::string>();
    }

    Result<void> categories(const Json& list, DataSet& set) {
        std::vector<std::vector<std::int64_t>> parents;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string where = entry("categories", i);
            if (!list[i].is_object()) {
                return wrong(where + " is not an object");
            }
            Category category;
            auto id = integer(list[i], "id", where, INT64_MIN, INT64_MAX);
            if (!id) {
                return id.error();
            }
            category.id = *id;
            auto name = text(list[i], "name", where, true);
            if (!name) {
                return name.error();
            }
            category.name = *name;
            category.names = {category.name};
            for (const char* key : {"synset", "group"}) {
                auto value = text(list[i], key, where, false);
                if (!value) {
                    return value.error();
                }
                (key[0] == 's' ? category.synset : category.group) = *value;
            }
            if (const Json* names = member(list[i], "names")) {
                if (!names->is_array()) {
                    return wrong(where + ": \"names\" is not a list");
                }
                for (const Json& other : *names) {
                    if (!other.is_string()) {
                        return wrong(where + ": \"names\" holds something that is no text");
                    }
                    if (other.get_ref<const std::string&>() != category.name) {
                        category.names.push_back(other.get<std::string>());
                    }
                }
            }
            parents.emplace_back();
            if (const Json* ids = member(list[i], "parents")) {
                if (!ids->is_array()) {
                    return wrong(where + ": \"parents\" is not a list");
                }
                for (const Json& parent : *ids) {
                    if (!parent.is_number_integer()) {
                        return wrong(where + ": \"parents\" holds something that is no id");
                    }
                    parents.back().push_back(parent.get<std::int64_t>());
                }
            }
            if (!categoryById_.emplace(category.id, i).second) {
                return wrong(where + ": the id " + std::to_string(category.id) + " is used twice");
            }
            set.categories.push_back(std::move(category));
        }
        for (std::size_t i = 0; i < parents.size(); ++i) {
            for (const std::int64_t id : parents[i]) {
                const auto found = categoryById_.find(id);
                if (found == categoryById_.end()) {
                    return wrong(entry("categories", i) + ": no category has the id " + std::to_string(id) +
                                 " of its parent");
                }
                set.categories[i].parents.push_back(found->second);
            }
        }
        for (std::size_t i = 0; i < set.categories.size(); ++i) {
            std::vector<std::size_t> open = set.categories[i].parents;
            std::vector<std::size_t>& seen = set.categories[i].ancestors;
            while (!open.empty()) {
                const std::size_t next = open.back();
                open.pop_back();
                const auto place = std::lower_bound(seen.begin(), seen.end(), next);
                if (next == i || (place != seen.end() && *place == next)) {
                    continue;
                }
                seen.insert(place, next);
                open.insert(open.end(), set.categories[next].parents.begin(), set.categories[next].parents.end());
            }
        }
        return {};
    }

    Result<void> photos(const Json& list, DataSet& set) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string where = entry("images", i);
            if (!list[i].is_object()) {
                return wrong(where + " is not an object");
            }
            Photo photo;
            auto id = integer(list[i], "id", where, INT64_MIN, INT64_MAX);
            if (!id) {
                return id.error();
            }
            auto width = integer(list[i], "width", where, 1, kMaxSide);
            if (!width) {
                return width.error();
            }
            auto height = integer(list[i], "height", where, 1, kMaxSide);
            if (!height) {
                return height.error();
            }
            if (*width * *height > 100'000'000) {
                return wrong(where + " is larger than 100 megapixels");
            }
            auto file = text(list[i], "file_name", where, true);
            if (!file) {
                return file.error();
            }
            auto source = text(list[i], "source", where, false);
            if (!source) {
                return source.error();
            }
            auto labels = text(list[i], "labels", where, false);
            if (!labels) {
                return labels.error();
            }
            photo.id = *id;
            photo.width = static_cast<int>(*width);
            photo.height = static_cast<int>(*height);
            photo.file = *file;
            photo.source = *source;
            if (*labels == "semantic") {
                photo.coverage = Coverage::listed;
            } else if (*labels == "saliency+detector") {
                photo.coverage = Coverage::saliency;
            } else if (!labels->empty() && *labels != "instances" && *labels != "detector") {
                return wrong(where + " has the unknown labels " + quoted(*labels));
            }
            const fs::path path(photo.file);
            if (path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end()) {
                return wrong(where + ": the file name " + quoted(photo.file) + " leads out of the folder");
            }
            if (!photoById_.emplace(photo.id, i).second) {
                return wrong(where + ": the id " + std::to_string(photo.id) + " is used twice");
            }
            set.photos.push_back(std::move(photo));
        }
        return {};
    }

    Result<Runs> runs(const Json& segmentation, const Photo& photo, bool& whole) const {
        whole = true;
        if (segmentation.is_array()) {
            std::vector<std::vector<double>> polygons;
            for (const Json& polygon : segmentation) {
                if (!polygon.is_array()) {
                    return Error{ErrorKind::input, "its segmentation is neither polygons nor runs", ""};
                }
                polygons.emplace_back();
                for (const Json& value : polygon) {
                    if (!value.is_number()) {
                        return Error{ErrorKind::input, "a polygon holds something that is no number", ""};
                    }
                    polygons.back().push_back(value.get<double>());
                }
            }
            return runsFromPolygons(polygons, photo.width, photo.height);
        }
        const Json* size = segmentation.is_object() ? member(segmentation, "size") : nullptr;
        const Json* counts = segmentation.is_object() ? member(segmentation, "counts") : nullptr;
        if (size == nullptr || counts == nullptr || !size->is_array() || size->size() != 2 ||
            !(*size)[0].is_number_integer() || !(*size)[1].is_number_integer()) {
            return Error{ErrorKind::input, "its segmentation is neither polygons nor runs", ""};
        }
        if ((*size)[0].get<std::int64_t>() != photo.height || (*size)[1].get<std::int64_t>() != photo.width) {
            return Error{ErrorKind::input,
                         "its mask is " + (*size)[1].dump() + "x" + (*size)[0].dump() + ", the picture " +
                             std::to_string(photo.width) + "x" + std::to_string(photo.height),
                         ""};
        }
        if (counts->is_string()) {
            return runsFromCompressed(counts->get_ref<const std::string&>(), photo.width, photo.height);
        }
        if (!counts->is_array()) {
            return Error{ErrorKind::input, "its runs are neither a text nor a list", ""};
        }
        std::vector<std::int64_t> list;
        for (const Json& value : *counts) {
            if (!value.is_number_integer()) {
                return Error{ErrorKind::input, "its runs hold something that is no whole number", ""};
            }
            list.push_back(value.get<std::int64_t>());
        }
        return runsFromCounts(list, photo.width, photo.height);
    }

    Result<void> annotations(const Json& list, DataSet& set) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string where = entry("annotations", i);
            if (!list[i].is_object()) {
                return wrong(where + " is not an object");
            }
            auto image = integer(list[i], "image_id", where, INT64_MIN, INT64_MAX);
            if (!image) {
                return image.error();
            }
            auto category = integer(list[i], "category_id", where, INT64_MIN, INT64_MAX);
            if (!category) {
                return category.error();
            }
            const auto photo = photoById_.find(*image);
            if (photo == photoById_.end()) {
                return wrong(where + ": no image has the id " + std::to_string(*image));
            }
            const auto kind = categoryById_.find(*category);
            if (kind == categoryById_.end()) {
                return wrong(where + ": no category has the id " + std::to_string(*category));
            }
            const Json* segmentation = member(list[i], "segmentation");
            if (segmentation == nullptr) {
                return wrong(where + " has no \"segmentation\"");
            }
            Annotation annotation;
            annotation.photo = photo->second;
            annotation.category = kind->second;
            bool whole = true;
            auto mask = runs(*segmentation, set.photos[annotation.photo], whole);
            if (!mask) {
                return wrong(where + ": " + mask.error().what.text());
            }
            annotation.runs = std::move(*mask);
            annotation.area = annotation.runs.area();
            if (const Json* crowd = member(list[i], "iscrowd")) {
                annotation.crowd = (crowd->is_number_integer() && crowd->get<std::int64_t>() != 0) ||
                                   (crowd->is_boolean() && crowd->get<bool>());
            }
            if (annotation.area == 0) {
                continue;  // nothing to learn from, and real COCO files have some
            }
            set.photos[annotation.photo].annotations.push_back(set.annotations.size());
            set.annotations.push_back(std::move(annotation));
        }
        return {};
    }

    std::string file_;
    std::unordered_map<std::int64_t, std::size_t> categoryById_, photoById_;
};

}  // namespace

std::string DataSet::pathOf(const Photo& photo) const { return (fs::path(imageFolder) / photo.file).string(); }

bool DataSet::covers(std::size_t a, std::size_t b) const {
    return a == b || std::binary_search(categories[b].ancestors.begin(), categories[b].ancestors.end(), a);
}

Result<DataSet> readCoco(const std::string& folder, const std::string& split) {
    DataSet set;
    set.file = (fs::path(folder) / (split + ".json")).string();
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) {
        return Error{ErrorKind::input, "there is no folder " + quoted(folder),
                     "name the folder that holds " + split + ".json"};
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
    const std::string closedFile = (fs::path(folder) / "coco80.json").string();
    if (fs::exists(closedFile, ignored)) {
        auto closed = readJsonFile(closedFile, ErrorKind::input);
        if (!closed) {
            return closed.error();
        }
        Reader closedReader(closedFile);
        closedReader.adoptIds(set);
        MASKWRIGHT_TRY(closedReader.closed(*closed, set));
    } else {
        for (std::size_t i = 0; i < set.categories.size(); ++i) {
            set.closed.push_back(i);
        }
    }
    if (set.photos.empty()) {
        return Error{ErrorKind::input, set.file + ": there is no picture in it", "name a split that has pictures"};
    }
    for (const Photo& photo : set.photos) {
        if (!fs::is_regular_file(set.pathOf(photo), ignored)) {
            return Error{ErrorKind::input, "the picture " + quoted(set.pathOf(photo)) + " is not there",
                         "it is listed in " + set.file};
        }
    }
    return set;
}

Result<Image> readPhoto(const DataSet& set, const Photo& photo) {
    auto picture = image_io::read(set.pathOf(photo));
    if (!picture) {
        return picture.error();
    }
    if (picture->image.width != photo.width || picture->image.height != photo.height) {
        return Error{ErrorKind::input,
                     set.pathOf(photo) + " is " + std::to_string(picture->image.width) + "x" +
                         std::to_string(picture->image.height) + ", " + set.file + " says " +
                         std::to_string(photo.width) + "x" + std::to_string(photo.height),
                     "correct the file"};
    }
    return std::move(picture->image);
}

Mask maskOf(const DataSet& set, const Photo& photo, std::size_t wanted) {
    Mask mask(photo.width, photo.height);
    for (const std::size_t index : photo.annotations) {
        if (set.covers(wanted, set.annotations[index].category)) {
            drawInto(set.annotations[index].runs, mask);
        }
    }
    return mask;
}

}  // namespace maskwright::data
