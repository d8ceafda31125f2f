#include "core/data/formats/coco.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>
#include <unordered_set>

#include "core/data/formats/coco_categories.h"
#include "core/data/formats/coco_oddities.h"
#include "core/data/formats/coco_pictures.h"
#include "core/data/formats/coco_values.h"

namespace maskwright::data {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxSide = 100'000;

class Reader {
  public:
    Reader(const std::string& folder, const CocoOptions& options, DataSet& set)
        : options_(options), set_(set), oddities_(set.file, options.strict), finder_(folder, set.imageFolder) {}

    Result<void> read() {
        auto json = readCocoFile(set_.file, oddities_);
        if (!json) {
            return json.error();
        }
        if (!json->is_object()) {
            return wrong("the top level is not an object");
        }
        for (const char* key : {"images", "categories"}) {
            if (!json->contains(key) || !(*json)[key].is_array()) {
                return wrong(message("there is no list \"%1\"", key));
            }
        }
        auto ids = readCategories((*json)["categories"], set_, oddities_);
        if (!ids) {
            return ids.error();
        }
        categoryById_ = std::move(*ids);
        MASKWRIGHT_TRY(photos((*json)["images"]));
        const Json* list = member(*json, "annotations");
        if (list == nullptr || !list->is_array()) {
            return oddities_.add(Oddity::noAnnotations, "", "there is no list \"annotations\"");
        }
        MASKWRIGHT_TRY(annotations(*list));
        const Json* boxes = member(*json, "undrawn");
        return boxes == nullptr ? Result<void>() : undrawn(*boxes);
    }

    Result<void> closed(const std::string& file) { return readClosed(file, categoryById_, set_, oddities_); }
    [[nodiscard]] Message summary() const { return oddities_.summary(); }

  private:
    [[nodiscard]] Error wrong(Message what) const {
        return {ErrorKind::input, message("%1: %2", set_.file, std::move(what)), "name a file in COCO's format"};
    }

    Result<void> coverage(const Json& object, const std::string& where, Photo& photo) {
        std::string labels;
        MASKWRIGHT_TRY(textOf(object, "labels", where, labels, oddities_));
        photo.detected = labels == "detector" || labels == "saliency+detector";
        std::string presence;
        MASKWRIGHT_TRY(textOf(object, "presence", where, presence, oddities_));
        if (!presence.empty() && presence != "people") {
            MASKWRIGHT_TRY(
                oddities_.add(Oddity::member, where, message("it has the unknown presence %1", quoted(presence))));
        }
        photo.vouched = presence == "people" || labels == "instances";
        if (labels == "semantic") {
            photo.coverage = Coverage::listed;
        } else if (labels == "saliency+detector") {
            photo.coverage = Coverage::saliency;
        } else if (!labels.empty() && labels != "instances" && labels != "detector") {
            return oddities_.add(Oddity::member, where, message("\"labels\" is %1", quoted(labels)));
        }
        return {};
    }

    // The size the entry says; nothing where it is one that no picture has.
    Result<std::optional<StatedSize>> statedSize(const Json& object, const std::string& where) {
        StatedSize size;
        if (member(object, "width") == nullptr && member(object, "height") == nullptr) {
            return std::optional(size);
        }
        for (const auto& [key, side] : {std::pair{"width", &size.width}, std::pair{"height", &size.height}}) {
            const auto value = wholeOf(member(object, key));
            if (!value || value->value < 1 || value->value > kMaxSide) {
                const Json* is = member(object, key);
                MASKWRIGHT_TRY(oddities_.add(
                    Oddity::picture, where,
                    message("\"%1\" is %2", key, is == nullptr ? Message("missing") : verbatim(shown(*is)))));
                return std::optional<StatedSize>();
            }
            MASKWRIGHT_TRY(countWriting(*value, object, key, where, oddities_));
            *side = value->value;
        }
        return std::optional(size);
    }

    // The file, relative to the folder of pictures; empty where there is none.
    Result<std::string> fileOf(const Json& object, const std::string& where) {
        const Json* name = member(object, "file_name");
        for (const char* key : {"coco_url", "flickr_url"}) {  // an address ends in the file's name
            name = name == nullptr ? member(object, key) : name;
        }
        if (name == nullptr || !name->is_string() || name->get_ref<const std::string&>().empty()) {
            MASKWRIGHT_TRY(oddities_.add(Oddity::picture, where, "it has no text \"file_name\""));
            return std::string();
        }
        const auto& text = name->get_ref<const std::string&>();
        auto found = finder_.find(text);
        if (!found) {
            const bool address = text.find("://") != std::string::npos;
            MASKWRIGHT_TRY(oddities_.add(
                Oddity::missingFile, where,
                address
                    ? message("%1 is an address, which is not fetched, and no file here has its last part for a name",
                              quoted(text))
                    : message("there is no %1", quoted(text))));
            return std::string();
        }
        if (!used_.insert(*found).second) {
            MASKWRIGHT_TRY(oddities_.add(Oddity::fileTwice, where,
                                         message("%1 is the file of another picture too", quoted(*found))));
        }
        if (*found != text) {
            MASKWRIGHT_TRY(
                oddities_.add(Oddity::fileName, where, message("%1 was found as %2", quoted(text), quoted(*found))));
        }
        return std::move(*found);
    }

    // A picture that can be used comes into the set.
    Result<void> photo(const Json& object, std::int64_t id, const std::string& where) {
        Photo photo;
        photo.id = id;
        auto file = fileOf(object, where);
        if (!file || file->empty()) {
            return file ? Result<void>() : file.error();
        }
        photo.file = std::move(*file);
        MASKWRIGHT_TRY(textOf(object, "source", where, photo.source, oddities_));
        MASKWRIGHT_TRY(coverage(object, where, photo));
        const auto stated = statedSize(object, where);
        if (!stated || !*stated) {
            return stated ? Result<void>() : stated.error();
        }
        const std::string path = set_.pathOf(photo);
        auto sized = measure(std::move(photo), path, **stated, options_.exifAsStored, where, oddities_);
        if (!sized || !*sized) {
            return sized ? Result<void>() : sized.error();
        }
        photoById_[id] = set_.photos.size();
        set_.photos.push_back(std::move((*sized)->photo));
        stored_.push_back({(*sized)->storedWidth, (*sized)->storedHeight, (*sized)->orientation});
        return {};
    }

    Result<void> photos(const Json& list) {
        for (const Json& one : list) {
            const Json* name = one.is_object() ? member(one, "file_name") : nullptr;
            if (name != nullptr && name->is_string()) {
                finder_.keep(name->get_ref<const std::string&>());
            }
        }
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string where = entryName("images", i, list[i]);
            const auto id = list[i].is_object() ? idOf(member(list[i], "id")) : std::nullopt;
            if (!id) {
                MASKWRIGHT_TRY(
                    oddities_.add(Oddity::picture, where,
                                  list[i].is_object() ? noId(list[i], "id") : Message("it is not an object")));
                continue;
            }
            if (!listed_.insert(id->value).second) {
                MASKWRIGHT_TRY(oddities_.add(Oddity::pictureTwice, where,
                                             message("the id %1 is used twice", shown(list[i]["id"]))));
                continue;
            }
            if (!options_.only.empty() && !options_.only.contains(id->value)) {
                continue;
            }
            if (options_.pictures > 0 && static_cast<std::int64_t>(set_.photos.size()) >= options_.pictures) {
                continue;
            }
            MASKWRIGHT_TRY(countWriting(*id, list[i], "id", where, oddities_));
            MASKWRIGHT_TRY(photo(list[i], id->value, where));
        }
        return {};
    }

    static bool hasBox(const Json& object) {
        const Json* box = member(object, "bbox");
        const auto isSide = [](const Json& side) { return side.is_number() && side.get<double>() > 0; };
        return box != nullptr && box->is_array() && box->size() == 4 && isSide((*box)[2]) && isSide((*box)[3]);
    }

    // Whether an annotation without a usable mask still says that its object is there: by a box, or by a mask that is
    // broken.
    static bool saysThere(const Json& object) {
        const Json* mask = member(object, "segmentation");
        const bool empty =
            mask == nullptr || mask->empty() || (mask->is_array() && mask->size() == 1 && mask->front().empty());
        return !empty || hasBox(object);
    }

    // Only referring expressions need an annotation's id, but one that is missing or there twice says that the file was
    // put together wrongly.
    Result<void> countId(const Json& object, const std::string& where) {
        const auto id = idOf(member(object, "id"));
        if (!id) {
            return oddities_.add(Oddity::annotationId, where, noId(object, "id"));
        }
        if (!annotationIds_.insert(id->value).second) {
            return oddities_.add(Oddity::annotationId, where, message("the id %1 is used twice", shown(object["id"])));
        }
        return countWriting(*id, object, "id", where, oddities_);
    }

    Result<bool> isCrowd(const Json& object, const std::string& where) {
        const Json* crowd = member(object, "iscrowd");
        if (crowd == nullptr) {
            return false;
        }
        const bool isBoolean = crowd->is_boolean();
        const auto number = isBoolean ? std::optional(Whole{crowd->get<bool>() ? 1 : 0, true}) : wholeOf(crowd);
        if (!number) {
            MASKWRIGHT_TRY(oddities_.add(Oddity::member, where, message("\"%1\" is %2", "iscrowd", shown(*crowd))));
            return false;
        }
        MASKWRIGHT_TRY(countWriting(*number, object, "iscrowd", where, oddities_));
        return number->value != 0;
    }

    Result<void> annotation(const Json& object, const std::string& where) {
        if (!object.is_object()) {
            return oddities_.add(Oddity::annotation, where, "it is not an object");
        }
        const auto image = idOf(member(object, "image_id")), category = idOf(member(object, "category_id"));
        if (!image || !category) {
            return oddities_.add(Oddity::annotation, where, noId(object, image ? "category_id" : "image_id"));
        }
        if (!listed_.contains(image->value)) {
            return oddities_.add(Oddity::orphan, where, message("no image has the id %1", shown(object["image_id"])));
        }
        const auto kind = categoryById_.find(category->value);
        if (kind == categoryById_.end()) {
            return oddities_.add(Oddity::annotationCategory, where,
                                 message("no category has the id %1", shown(object["category_id"])));
        }
        const auto photo = photoById_.find(image->value);
        if (photo == photoById_.end()) {
            return {};  // of a picture that was passed over, and counted then
        }
        MASKWRIGHT_TRY(countWriting(*image, object, "image_id", where, oddities_));
        MASKWRIGHT_TRY(countWriting(*category, object, "category_id", where, oddities_));
        MASKWRIGHT_TRY(countId(object, where));
        const Stored& stored = stored_[photo->second];
        auto mask = maskOf(member(object, "segmentation"), stored.width, stored.height, where, oddities_);
        if (!mask) {
            return mask.error();
        }
        if (!*mask) {
            if (saysThere(object)) {
                set_.photos[photo->second].unmarked.push_back(kind->second);
            }
            return {};
        }
        Annotation annotation;
        annotation.photo = photo->second;
        annotation.category = kind->second;
        annotation.id = idOf(member(object, "id")).value_or(Whole{}).value;
        annotation.runs = turned(**mask, stored.orientation);
        annotation.area = annotation.runs.area();
        const auto crowd = isCrowd(object, where);
        if (!crowd) {
            return crowd.error();
        }
        annotation.crowd = *crowd;
        if (annotation.area == 0) {
            // A thing may be smaller than a pixel; runs that hold nothing say nothing, unless there is a box.
            if (member(object, "segmentation")->is_array() || hasBox(object)) {
                set_.photos[annotation.photo].unmarked.push_back(annotation.category);
            }
            return oddities_.add(Oddity::emptyMask, where, "its mask covers the centre of no pixel");
        }
        set_.photos[annotation.photo].annotations.push_back(set_.annotations.size());
        set_.annotations.push_back(std::move(annotation));
        return {};
    }

    Result<void> annotations(const Json& list) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            MASKWRIGHT_TRY(annotation(list[i], entryName("annotations", i, list[i])));
        }
        return {};
    }

    Result<void> box(const Json& object, const std::string& where) {
        const auto idIn = [&](const char* key) {
            return object.is_object() ? idOf(member(object, key)) : std::nullopt;
        };
        const auto image = idIn("image_id"), category = idIn("category_id");
        const auto photo = image ? photoById_.find(image->value) : photoById_.end();
        const auto kind = category ? categoryById_.find(category->value) : categoryById_.end();
        if (!object.is_object()) {
            return oddities_.add(Oddity::annotation, where, "it is not an object");
        }
        if (!image || !category) {
            return oddities_.add(Oddity::annotation, where, noId(object, image ? "category_id" : "image_id"));
        }
        if (photo == photoById_.end()) {
            return oddities_.add(Oddity::orphan, where, "its picture is not there");
        }
        if (kind == categoryById_.end()) {
            return oddities_.add(Oddity::annotationCategory, where, "its category is not there");
        }
        const Json* sides = member(object, "bbox");
        if (sides == nullptr || !sides->is_array() || sides->size() != 4 ||
            !std::all_of(sides->begin(), sides->end(), [](const Json& side) { return side.is_number(); })) {
            return oddities_.add(Oddity::annotation, where, "it has no \"bbox\" of four numbers");
        }
        const double x = (*sides)[0].get<double>(), y = (*sides)[1].get<double>();
        set_.photos[photo->second].undrawn.push_back(set_.undrawn.size());
        set_.undrawn.push_back(
            {photo->second, kind->second, x, y, x + (*sides)[2].get<double>(), y + (*sides)[3].get<double>()});
        return {};
    }

    Result<void> undrawn(const Json& list) {
        if (!list.is_array()) {
            return oddities_.add(Oddity::member, "", "\"undrawn\" is not a list");
        }
        for (std::size_t i = 0; i < list.size(); ++i) {
            MASKWRIGHT_TRY(box(list[i], entryName("undrawn", i, list[i])));
        }
        return {};
    }

    // What the polygons and runs of a picture are of.
    struct Stored {
        int width, height, orientation;
    };

    const CocoOptions& options_;
    DataSet& set_;
    Oddities oddities_;
    PictureFinder finder_;
    CategoryIds categoryById_;
    std::unordered_map<std::int64_t, std::size_t> photoById_;
    std::unordered_set<std::int64_t> listed_;  // ids of pictures, also of those that cannot be used
    std::unordered_set<std::int64_t> annotationIds_;
    std::unordered_set<std::string> used_;  // files of pictures
    std::vector<Stored> stored_;            // a picture each
};

}  // namespace

Result<DataSet> readCoco(const std::string& folder, const std::string& split, const CocoOptions& options) {
    DataSet set;
    set.file = (fs::path(folder) / (split + ".json")).string();
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) {
        return Error{ErrorKind::input, message("there is no folder %1", quoted(folder)),
                     message("name the folder that holds %1.json", split)};
    }
    set.imageFolder = options.images.empty() ? folder : options.images;
    for (const std::string& name : {std::string("images"), split}) {
        if (options.images.empty() && fs::is_directory(fs::path(folder) / name, ignored)) {
            set.imageFolder = (fs::path(folder) / name).string();
            break;
        }
    }
    Reader reader(folder, options, set);
    MASKWRIGHT_TRY(reader.read());
    MASKWRIGHT_TRY(reader.closed((fs::path(folder) / "coco80.json").string()));
    set.oddities = reader.summary();
    if (set.photos.empty()) {
        return unusable(set, "there is no picture in it that can be used", "name a split that has pictures");
    }
    return set;
}

}  // namespace maskwright::data
