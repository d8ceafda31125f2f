#include "core/data/formats/phrasecut.h"

#include <filesystem>
#include <optional>
#include <unordered_map>

#include "core/base/json.h"
#include "core/data/formats/coco_pictures.h"
#include "core/data/formats/coco_values.h"

namespace maskwright::data {
namespace {

namespace fs = std::filesystem;

// As for COCO's: the training split has 310,000 phrases with their polygons.
constexpr JsonLimits kLimits{.bytes = std::size_t{1} << 30, .depth = 16, .elements = 150'000'000};

using Polygons = std::vector<std::vector<double>>;

// One instance; nothing where it is none.
std::optional<Polygons> polygonsOf(const Json& instance) {
    Polygons polygons;
    if (!instance.is_array()) {
        return std::nullopt;
    }
    for (const Json& polygon : instance) {
        std::vector<double> corners;
        for (const Json& point : polygon) {
            if (!point.is_array() || point.size() != 2 || !point[0].is_number() || !point[1].is_number()) {
                return std::nullopt;
            }
            corners.insert(corners.end(), {point[0].get<double>(), point[1].get<double>()});
        }
        if (corners.size() >= 6) {  // fewer hold nothing
            polygons.push_back(std::move(corners));
        }
    }
    return polygons;
}

class Reader {
  public:
    Reader(const ReferringOptions& options, ReferringSet& set) : set_(set), oddities_(set.file, false) {
        const fs::path folder = options.folder;
        std::error_code ignored;
        const fs::path images = folder / "images";
        set_.data.imageFolder = !options.images.empty()             ? options.images
                                : fs::is_directory(images, ignored) ? images.string()
                                                                    : options.folder;
        set_.data.file = set_.file;
        set_.data.categories = {{1, "object", {"object"}, "", "", {}, {}}};
        set_.data.closed = {0};
    }

    Result<void> sizes(const std::string& file) {
        std::error_code ignored;
        if (!fs::exists(file, ignored)) {
            return {};
        }
        const auto list = readJsonFile(file, ErrorKind::input, kLimits);
        if (!list) {
            return list.error();
        }
        for (const Json& one : *list) {
            const auto id = one.is_object() ? idOf(member(one, "image_id")) : std::nullopt;
            const auto width = id ? wholeOf(member(one, "width")) : std::nullopt;
            const auto height = id ? wholeOf(member(one, "height")) : std::nullopt;
            if (width && height) {
                sizes_[id->value] = {width->value, height->value};
            }
        }
        return {};
    }

    Result<void> phrases(const Json& list) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            MASKWRIGHT_TRY(phrase(list[i], i));
        }
        set_.data.oddities = oddities_.summary();
        return finishTexts(set_, list.size());
    }

  private:
    [[nodiscard]] Error broken(std::size_t number, const char* key) const {
        return {ErrorKind::input, message("%1: entry %2 has no \"%3\"", set_.file, number, key),
                "get the file that belongs to PhraseCut again"};
    }

    // The picture; nothing where it is not there.
    Result<std::optional<std::size_t>> photo(std::int64_t id) {
        if (const auto known = photos_.find(id); known != photos_.end()) {
            return known->second;
        }
        std::optional<std::size_t>& index = photos_[id];
        Photo photo;
        photo.id = id;
        photo.file = std::to_string(id) + ".jpg";
        const std::string path = set_.data.pathOf(photo), where = "image_id " + std::to_string(id);
        std::error_code ignored;
        if (!fs::exists(path, ignored)) {
            MASKWRIGHT_TRY(oddities_.add(Oddity::missingFile, where, message("there is no %1", quoted(path))));
            return index;
        }
        auto sized = measure(std::move(photo), path, sizes_[id], false, where, oddities_);
        if (!sized) {
            return sized.error();
        }
        if (*sized) {
            index = set_.data.photos.size();
            set_.data.photos.push_back(std::move((*sized)->photo));
        }
        return index;
    }

    Result<void> phrase(const Json& one, std::size_t number) {
        const auto id = one.is_object() ? idOf(member(one, "image_id")) : std::nullopt;
        if (!id) {
            return broken(number, "image_id");
        }
        const Json *text = member(one, "phrase"), *instances = member(one, "Polygons");
        if (text == nullptr || !text->is_string()) {
            return broken(number, "phrase");
        }
        if (instances == nullptr || !instances->is_array()) {
            return broken(number, "Polygons");
        }
        const auto index = photo(id->value);
        if (!index || !*index) {
            return index ? Result<void>() : index.error();
        }
        ReferringText found{text->get<std::string>(), **index, {}};
        Photo& picture = set_.data.photos[**index];
        for (const Json& instance : *instances) {
            const auto polygons = polygonsOf(instance);
            if (!polygons) {
                return broken(number, "Polygons");
            }
            auto runs = runsFromPolygons(*polygons, picture.width, picture.height);
            if (!runs) {
                return runs.error();
            }
            Annotation annotation;
            annotation.photo = **index;
            annotation.area = runs->area();
            annotation.runs = std::move(*runs);
            if (annotation.area > 0) {
                found.annotations.push_back(set_.data.annotations.size());
                picture.annotations.push_back(set_.data.annotations.size());
                set_.data.annotations.push_back(std::move(annotation));
            }
        }
        if (!found.annotations.empty()) {
            set_.texts.push_back(std::move(found));
        }
        return {};
    }

    ReferringSet& set_;
    Oddities oddities_;
    std::unordered_map<std::int64_t, StatedSize> sizes_;
    std::unordered_map<std::int64_t, std::optional<std::size_t>> photos_;
};

}  // namespace

std::string phraseCutFile(const ReferringOptions& options) {
    return (fs::path(options.folder) / ("refer_" + options.split + ".json")).string();
}

Result<ReferringSet> readPhraseCut(const ReferringOptions& options) {
    ReferringSet set{phraseCutFile(options), "PhraseCut", {}, {}};
    const auto list = readJsonFile(set.file, ErrorKind::input, kLimits);
    if (!list) {
        return list.error();
    }
    if (!list->is_array()) {
        return Error{ErrorKind::input, message("%1: %2", set.file, Message("it is not a list")),
                     "get the file that belongs to PhraseCut again"};
    }
    Reader reader(options, set);
    MASKWRIGHT_TRY(reader.sizes((fs::path(options.folder) / "image_data_split.json").string()));
    MASKWRIGHT_TRY(reader.phrases(*list));
    return set;
}

}  // namespace maskwright::data
