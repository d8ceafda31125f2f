#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <numbers>
#include <set>
#include <sstream>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/data/formats/coco_names.h"
#include "core/data/formats/coco_values.h"
#include "core/image/run_ops.h"
#include "core/output/annotations.h"

namespace maskwright::output {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLargestText = 64u << 20;

Error wrong(const std::string& path, Message what) {
    return {ErrorKind::input, message("%1: %2", path, std::move(what)), ""};
}

std::int64_t numberOf(const Json& object, const char* key, std::int64_t fallback) {
    const auto value = data::wholeOf(data::member(object, key));
    return value ? value->value : fallback;
}

std::map<std::int64_t, std::string> categoriesOf(const Json& file) {
    std::map<std::int64_t, std::string> names;
    if (const Json* list = data::member(file, "categories"); list != nullptr && list->is_array()) {
        for (const Json& one : *list) {
            const auto id = one.is_object() ? data::idOf(data::member(one, "id")) : std::nullopt;
            const Json* name = one.is_object() ? data::member(one, "name") : nullptr;
            if (id && name != nullptr && name->is_string()) {
                names[id->value] = name->get<std::string>();
            }
        }
    }
    return names;
}

// How many annotations are of pictures that the file does not list.
std::size_t straysIn(const Json& file) {
    std::set<std::int64_t> known;
    if (const Json* images = data::member(file, "images"); images != nullptr && images->is_array()) {
        for (const Json& image : *images) {
            if (const auto id = image.is_object() ? data::idOf(data::member(image, "id")) : std::nullopt) {
                known.insert(id->value);
            }
        }
    }
    const Json& all = file["annotations"];
    return std::size_t(std::count_if(all.begin(), all.end(), [&](const Json& one) {
        const auto id = one.is_object() ? data::idOf(data::member(one, "image_id")) : std::nullopt;
        return !id || !known.contains(id->value);
    }));
}

Result<ReadAnnotations> readCoco(const Json& file, const std::string& path, const PictureMeant& meant,
                                 data::Oddities oddities) {
    const Json* images = data::member(file, "images");
    const Json* annotations = data::member(file, "annotations");
    if (images == nullptr || !images->is_array() || annotations == nullptr || !annotations->is_array()) {
        return wrong(path, "its lists of pictures and annotations are missing");
    }
    // By its name, or the only one.
    auto entries = data::entriesOf(*images, meant.path, path);
    if (!entries) {
        return entries.error();
    }
    if (entries->empty() && images->size() == 1 && images->front().is_object()) {
        entries->push_back(0);
    }
    std::set<std::int64_t> ids;
    for (const std::size_t entry : *entries) {
        const Json& image = (*images)[entry];
        if (const auto id = data::idOf(data::member(image, "id"))) {
            ids.insert(id->value);
        }
        const std::int64_t width = numberOf(image, "width", meant.width);
        const std::int64_t height = numberOf(image, "height", meant.height);
        if (width != meant.width || height != meant.height) {
            return wrong(path, message("its picture has %1x%2 pixels, this one %3x%4", width, height, meant.width,
                                       meant.height));
        }
    }
    if (ids.empty()) {
        return wrong(path,
                     message("it does not have the picture %1", quoted(fs::path(meant.path).filename().string())));
    }
    const auto names = categoriesOf(file);
    ReadAnnotations read;
    for (std::size_t i = 0; i < annotations->size(); ++i) {
        const Json& one = (*annotations)[i];
        const auto own = one.is_object() ? data::idOf(data::member(one, "image_id")) : std::nullopt;
        if (!own || !ids.contains(own->value)) {
            continue;
        }
        auto mask = data::maskOf(data::member(one, "segmentation"), meant.width, meant.height,
                                 data::entryName("annotations", i, one), oddities);
        if (!mask) {
            return mask.error();
        }
        if (!*mask) {
            continue;
        }
        const auto category = data::idOf(data::member(one, "category_id"));
        const auto name = category ? names.find(category->value) : names.end();
        const Json* score = data::member(one, "score");
        read.objects.push_back({name != names.end() ? name->second : "object", std::move(**mask),
                                score != nullptr && score->is_number() ? score->get<double>() : 1.0});
    }
    if (const Message summary = oddities.summary(); !summary.empty()) {
        read.warnings.push_back(summary);
    }
    return read;
}

using Polygon = std::vector<double>;

Polygon boxOf(double x0, double y0, double x1, double y1) { return {x0, y0, x1, y0, x1, y1, x0, y1}; }

// The outline of one of labelme's shapes; none for those without an inside, and what is none.
std::optional<Polygon> outlineOf(const Json& shape) {
    const Json* points = data::member(shape, "points");
    if (points == nullptr || !points->is_array()) {
        return std::nullopt;
    }
    Polygon flat;
    for (const Json& point : *points) {
        if (!point.is_array() || point.size() != 2 || !point[0].is_number() || !point[1].is_number()) {
            return std::nullopt;
        }
        flat.push_back(point[0].get<double>());
        flat.push_back(point[1].get<double>());
    }
    const Json* type = data::member(shape, "shape_type");
    const std::string kind = type != nullptr && type->is_string() ? type->get<std::string>() : "polygon";
    if (kind == "polygon" && flat.size() >= 6) {
        return flat;
    }
    if (kind == "rectangle" && flat.size() == 4) {
        return boxOf(flat[0], flat[1], flat[2], flat[3]);
    }
    if (kind == "circle" && flat.size() == 4) {  // the middle, and a point on it
        const double radius = std::hypot(flat[2] - flat[0], flat[3] - flat[1]);
        Polygon circle;
        for (int i = 0; i < 360; ++i) {
            const double angle = i * std::numbers::pi / 180;
            circle.push_back(flat[0] + radius * std::cos(angle));
            circle.push_back(flat[1] + radius * std::sin(angle));
        }
        return circle;
    }
    return std::nullopt;
}

Result<ReadAnnotations> readLabelme(const Json& file, const std::string& path, const PictureMeant& meant) {
    const std::int64_t width = numberOf(file, "imageWidth", meant.width);
    const std::int64_t height = numberOf(file, "imageHeight", meant.height);
    if (width != meant.width || height != meant.height) {
        return wrong(path,
                     message("its picture has %1x%2 pixels, this one %3x%4", width, height, meant.width, meant.height));
    }
    ReadAnnotations read;
    std::map<std::pair<std::string, std::int64_t>, std::size_t> groups;  // the place of an object that has parts
    std::size_t passed = 0;
    for (const Json& shape : file["shapes"]) {
        const auto outline = shape.is_object() ? outlineOf(shape) : std::nullopt;
        auto runs =
            outline ? runsFromPolygons(std::span(&*outline, 1), meant.width, meant.height) : Result<Runs>(Error{});
        if (!runs || isEmpty(*runs)) {
            ++passed;
            continue;
        }
        const Json* name = data::member(shape, "label");
        const std::string label = name != nullptr && name->is_string() ? name->get<std::string>() : "object";
        const auto group = data::wholeOf(data::member(shape, "group_id"));
        if (group) {
            const auto [at, fresh] = groups.emplace(std::pair(label, group->value), read.objects.size());
            if (!fresh) {
                Runs& whole = read.objects[at->second].runs;
                whole = united(whole, *runs);
                continue;
            }
        }
        read.objects.push_back({label, std::move(*runs), 1});
    }
    if (passed > 0) {
        read.warnings.push_back(message("%1: shapes without an inside were passed over: %2", path, passed));
    }
    return read;
}

// The names of YOLO's classes: "names:" of a data.yaml, as a list or by number, or a line a name.
std::vector<std::string> classesBeside(const fs::path& file) {
    std::vector<std::string> names;
    const auto plain = [](std::string text) {
        const auto begin = text.find_first_not_of(" \t\r-");
        const auto end = text.find_last_not_of(" \t\r,");
        text = begin == std::string::npos ? "" : text.substr(begin, end + 1 - begin);
        if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
            const auto json = parseJson(text, "");
            return json && json->is_string() ? json->get<std::string>() : text;
        }
        return text.size() >= 2 && text.front() == '\'' && text.back() == '\'' ? text.substr(1, text.size() - 2) : text;
    };
    for (const fs::path& folder : {file.parent_path(), file.parent_path() / ".."}) {
        if (const auto text = readFile(folder / "data.yaml", kLargestText)) {
            std::istringstream lines(*text);
            bool inside = false;
            for (std::string line; std::getline(lines, line);) {
                if (line.starts_with("names:")) {
                    inside = true;
                    std::string list = plain(line.substr(6));  // "[cat, dog]" in one line
                    if (list.starts_with('[') && list.ends_with(']')) {
                        std::istringstream items(list.substr(1, list.size() - 2));
                        for (std::string item; std::getline(items, item, ',');) {
                            names.push_back(plain(item));
                        }
                    }
                } else if (inside && !line.empty() && (line.front() == ' ' || line.front() == '-')) {
                    const std::size_t colon = line.find(": ");
                    const bool numbered = line.find_first_not_of(" 0123456789") == colon;
                    names.push_back(plain(numbered && colon != std::string::npos ? line.substr(colon + 2) : line));
                } else {
                    inside = inside && line.empty();
                }
            }
            return names;
        }
        if (const auto text = readFile(folder / "classes.txt", kLargestText)) {
            std::istringstream lines(*text);
            for (std::string line; std::getline(lines, line);) {
                names.push_back(plain(line));
            }
            return names;
        }
    }
    return names;
}

Result<ReadAnnotations> readYolo(const std::string& text, const std::vector<std::string>& classes,
                                 const std::string& path, const PictureMeant& meant) {
    ReadAnnotations read;
    std::istringstream lines(text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        std::istringstream words(line);
        words.imbue(std::locale::classic());
        std::size_t kind = 0;
        Polygon values;
        words >> kind;
        const bool named = bool(words);
        for (double value = 0; words >> value;) {
            values.push_back(value);
        }
        if (!named || !words.eof() || values.size() < 4 || values.size() % 2 != 0) {
            return wrong(path, message("line %1 is no class with an outline", number));
        }
        Polygon outline = values.size() == 4  // middle and size of a box
                              ? boxOf(values[0] - values[2] / 2, values[1] - values[3] / 2, values[0] + values[2] / 2,
                                      values[1] + values[3] / 2)
                              : std::move(values);
        for (std::size_t i = 0; i < outline.size(); ++i) {
            const double pixels = outline[i] * (i % 2 == 0 ? meant.width : meant.height);
            // A corner that was written to nine digits is a corner again.
            outline[i] = std::abs(pixels - std::round(pixels)) < 1e-3 ? std::round(pixels) : pixels;
        }
        auto runs = runsFromPolygons(std::span(&outline, 1), meant.width, meant.height);
        if (!runs) {
            return wrong(path, message("line %1: %2", number, runs.error().what));
        }
        read.objects.push_back({kind < classes.size() && !classes[kind].empty() ? classes[kind] : std::to_string(kind),
                                std::move(*runs), 1});
    }
    return read;
}

}  // namespace

struct AnnotationFile::Contents {
    Json json;
    std::string text;  // YOLO's
    std::vector<std::string> classes;
    data::Oddities oddities{{}, false};  // of the text
    std::size_t strays = 0;              // of COCO's annotations, those of pictures that the file does not list
};

Result<AnnotationFile> AnnotationFile::open(const std::string& path) {
    AnnotationFile file;
    file.path_ = path;
    auto contents = std::make_shared<Contents>();
    file.contents_ = contents;
    if (fs::path(path).extension() == ".txt") {
        auto text = readFile(path, kLargestText);
        if (!text) {
            return text.error();
        }
        contents->text = std::move(*text);
        contents->classes = classesBeside(path);
        file.format_ = Format::yolo;
        file.pictures_ = {fs::path(path).stem().string()};
        return file;
    }
    contents->oddities = data::Oddities(path, false);
    auto json = data::readCocoFile(path, contents->oddities);
    if (!json) {
        return json.error();
    }
    contents->json = std::move(*json);
    const Json& whole = contents->json;
    const Json* shapes = whole.is_object() ? data::member(whole, "shapes") : nullptr;
    if (shapes != nullptr && shapes->is_array()) {
        file.format_ = Format::labelme;
        const Json* name = data::member(whole, "imagePath");
        file.pictures_ = {name != nullptr && name->is_string() ? name->get<std::string>()
                                                               : fs::path(path).stem().string()};
        return file;
    }
    if (!whole.is_object() || !whole.contains("annotations")) {
        return wrong(path, "it is in none of the formats of COCO, labelme and YOLO");
    }
    contents->strays = straysIn(whole);
    if (const Json* images = data::member(whole, "images"); images != nullptr && images->is_array()) {
        for (const Json& image : *images) {
            const Json* name = image.is_object() ? data::member(image, "file_name") : nullptr;
            if (name != nullptr && name->is_string()) {
                file.pictures_.push_back(name->get<std::string>());
            }
        }
    }
    return file;
}

bool AnnotationFile::isAbout(const std::string& picturePath) const {
    const fs::path picture(picturePath);
    if (format_ != Format::coco && picture.stem() == fs::path(path_).stem()) {
        return true;
    }
    return format_ != Format::yolo && std::any_of(pictures_.begin(), pictures_.end(), [&](const std::string& name) {
               return data::agreement(name, picturePath).parts > 0;
           });
}

Result<ReadAnnotations> AnnotationFile::read(const PictureMeant& picture) const {
    switch (format_) {
        case Format::yolo:
            return readYolo(contents_->text, contents_->classes, path_, picture);
        case Format::labelme:
            return readLabelme(contents_->json, path_, picture);
        case Format::coco:
            break;
    }
    auto read = readCoco(contents_->json, path_, picture, contents_->oddities);
    if (read && contents_->strays > 0) {
        read->warnings.push_back(
            message("%1: objects of pictures that it does not list were passed over: %2", path_, contents_->strays));
    }
    return read;
}

Result<ReadAnnotations> readAnnotations(const std::string& path, const PictureMeant& picture) {
    const auto file = AnnotationFile::open(path);
    return file ? file->read(picture) : Result<ReadAnnotations>(file.error());
}

}  // namespace maskwright::output
