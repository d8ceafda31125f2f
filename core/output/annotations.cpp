#include "core/output/annotations.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/image/outlines.h"
#include "core/image/refine.h"

namespace maskwright::output {

namespace fs = std::filesystem;
using OrderedJson = nlohmann::ordered_json;

namespace {

constexpr const char* kCocoFile = "annotations.json";
constexpr const char* kYoloClasses = "data.yaml";
// The version of labelme whose files these are: it reads older ones too.
constexpr const char* kLabelmeVersion = "5.5.0";

std::string text(const OrderedJson& json, int indent = -1) {
    return json.dump(indent, ' ', false, OrderedJson::error_handler_t::replace);
}

OrderedJson pointsOf(const Polygon& polygon) {
    OrderedJson points = OrderedJson::array();
    for (std::size_t i = 0; i + 1 < polygon.size(); i += 2) {
        points.push_back({polygon[i], polygon[i + 1]});
    }
    return points;
}

std::string labelmeText(const AnnotatedPicture& picture, const std::string& file) {
    OrderedJson shapes = OrderedJson::array();
    int group = 0;
    for (const AnnotatedObject& object : picture.objects) {
        const std::vector<Polygon> parts = outlines(object.runs);
        group += parts.size() > 1 ? 1 : 0;
        for (const Polygon& part : parts) {
            shapes.push_back({{"label", object.label},
                              {"points", pointsOf(part)},
                              {"group_id", parts.size() > 1 ? OrderedJson(group) : OrderedJson()},
                              {"description", ""},
                              {"shape_type", "polygon"},
                              {"flags", OrderedJson::object()},
                              {"mask", nullptr}});
        }
    }
    std::error_code failed;
    const fs::path seen = fs::relative(fs::absolute(picture.path), fs::absolute(file).parent_path(), failed);
    return text({{"version", kLabelmeVersion},
                 {"flags", OrderedJson::object()},
                 {"shapes", shapes},
                 {"imagePath", failed || seen.empty() ? picture.path : seen.generic_string()},
                 {"imageData", nullptr},
                 {"imageHeight", picture.height},
                 {"imageWidth", picture.width}},
                2) +
           "\n";
}

// Of a coordinate as a part of the side: enough digits for a pixel of any picture.
void addPart(std::string& line, double value, int side) {
    char number[32];
    std::snprintf(number, sizeof number, " %.9g", value / side);
    line += number;
}

OrderedJson cocoSegmentation(const Runs& runs, bool polygons) {
    if (polygons) {
        return outlines(runs);
    }
    return {{"size", {runs.height, runs.width}}, {"counts", toCompressed(runs)}};
}

// A name in YAML, in double quotes as JSON writes it.
std::string yamlText(const std::string& name) { return text(OrderedJson(name)); }

}  // namespace

std::optional<Format> formatNamed(std::string_view name) {
    const auto known = std::find(kFormats.begin(), kFormats.end(), name);
    return known == kFormats.end() ? std::nullopt : std::optional(static_cast<Format>(known - kFormats.begin()));
}

Result<AnnotationWriter> AnnotationWriter::prepare(const AnnotationOptions& options, const std::string& output,
                                                   std::size_t pictures) {
    const bool isFile = fs::path(output).extension() == ".json";
    AnnotationWriter writer(options, isFile ? fs::path(output).parent_path().string() : output);
    if (isFile && (options.format == Format::yolo || (options.format == Format::labelme && pictures != 1))) {
        return Error{ErrorKind::usage,
                     message("the format %1 has a file a picture, and %2 is one file", formatName(options.format),
                             quoted(output)),
                     "give a folder"};
    }
    if (isFile) {
        writer.file_ = output;
    }
    return writer;
}

Result<std::vector<std::string>> AnnotationWriter::filesOf(const AnnotationOptions& options, const std::string& output,
                                                           const std::vector<std::string>& names) {
    const auto writer = prepare(options, output, names.size());
    return writer ? writer->files(names) : Result<std::vector<std::string>>(writer.error());
}

Result<AnnotationWriter> AnnotationWriter::create(const AnnotationOptions& options, const std::string& output,
                                                  const std::vector<std::string>& names) {
    auto prepared = prepare(options, output, names.size());
    if (!prepared) {
        return prepared.error();
    }
    AnnotationWriter writer = std::move(*prepared);
    const auto files = writer.files(names);
    if (!files) {
        return files.error();
    }
    for (const std::string& file : *files) {
        std::error_code ignored;
        if (!options.overwrite && fs::exists(fs::symlink_status(file, ignored))) {
            return Error{ErrorKind::output, message("%1 is there already", file),
                         "choose another name, or ask for it to be replaced"};
        }
    }
    std::error_code failed, unseen;
    const fs::path folder = options.format == Format::yolo ? fs::path(output) / "labels" : fs::path(writer.folder_);
    if (!folder.empty() && !fs::is_directory(folder, unseen) && (fs::create_directories(folder, failed), failed)) {
        return Error{ErrorKind::output,
                     message("cannot make the folder %1: %2", quoted(folder.string()), systemReason(failed.value())),
                     "choose another place"};
    }
    return writer;
}

std::string AnnotationWriter::fileOf(const std::string& name) const {
    if (!file_.empty()) {
        return file_;
    }
    const fs::path folder(folder_);
    if (options_.format == Format::coco) {
        return (folder / kCocoFile).string();
    }
    // Names with folders in them become one name: these formats look at one folder.
    std::string stem = fs::path(name).replace_extension().generic_string();
    std::replace(stem.begin(), stem.end(), '/', '-');
    return (options_.format == Format::yolo ? folder / "labels" / (stem + ".txt") : folder / (stem + ".json")).string();
}

Result<std::vector<std::string>> AnnotationWriter::files(const std::vector<std::string>& names) const {
    if (options_.format == Format::coco) {
        return std::vector<std::string>{fileOf("")};
    }
    std::vector<std::string> files;
    for (const std::string& name : names) {
        files.push_back(fileOf(name));
    }
    auto sorted = files;
    std::sort(sorted.begin(), sorted.end());
    if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end()) {
        return Error{ErrorKind::usage, message("two pictures would both have the file %1", quoted(*twice)),
                     "give them different names, or export them apart"};
    }
    if (options_.format == Format::yolo) {
        files.push_back((fs::path(folder_) / kYoloClasses).string());
    }
    return files;
}

std::size_t AnnotationWriter::classOf(const std::string& label) {
    const auto [at, fresh] = numbers_.emplace(label, classes_.size());
    if (fresh) {
        classes_.push_back(label);
    }
    return at->second;
}

Result<std::string> AnnotationWriter::add(const AnnotatedPicture& given) {
    AnnotatedPicture picture = given;
    std::erase_if(picture.objects, [](const AnnotatedObject& object) { return object.runs.area() == 0; });
    const std::string file = fileOf(picture.name);
    if (options_.format == Format::labelme) {
        MASKWRIGHT_TRY(writeFileAtomically(file, labelmeText(picture, file)));
        return file;
    }
    if (options_.format == Format::yolo) {
        std::string lines;
        for (const AnnotatedObject& object : picture.objects) {
            lines += std::to_string(classOf(object.label));
            const Polygon outline = joined(outlines(object.runs));
            for (std::size_t i = 0; i < outline.size(); ++i) {
                addPart(lines, outline[i], i % 2 == 0 ? picture.width : picture.height);
            }
            lines += '\n';
        }
        MASKWRIGHT_TRY(writeFileAtomically(file, lines));
        return file;
    }
    images_ +=
        (images_.empty() ? "" : ",\n") +
        text(
            {{"id", ++imageCount_}, {"file_name", picture.name}, {"width", picture.width}, {"height", picture.height}});
    for (const AnnotatedObject& object : picture.objects) {
        const Box box = boundingBox(toMask(object.runs));
        annotations_ += (annotations_.empty() ? "" : ",\n") +
                        text({{"id", ++annotationCount_},
                              {"image_id", imageCount_},
                              {"category_id", classOf(object.label) + 1},
                              {"segmentation", cocoSegmentation(object.runs, options_.polygons)},
                              {"area", object.runs.area()},
                              {"bbox", {box.x, box.y, box.width, box.height}},
                              {"iscrowd", 0},
                              {"score", object.score}});
    }
    return file;
}

Result<void> AnnotationWriter::finish() {
    if (options_.format == Format::yolo) {
        std::string yaml = "# The pictures belong in images/, each with the name of its text in labels/.\n";
        yaml += "path: .\ntrain: images\nval: images\nnames:\n";
        for (std::size_t i = 0; i < classes_.size(); ++i) {
            yaml += "  " + std::to_string(i) + ": " + yamlText(classes_[i]) + "\n";
        }
        return writeFileAtomically(fs::path(folder_) / kYoloClasses, yaml);
    }
    if (options_.format == Format::coco) {
        std::string categories;
        for (std::size_t i = 0; i < classes_.size(); ++i) {
            categories += (i == 0 ? "" : ",\n") + text({{"id", i + 1}, {"name", classes_[i]}});
        }
        const std::string info = text({{"description", "Maskwright " MASKWRIGHT_VERSION}});
        const auto list = [](const char* name, const std::string& entries) {
            return ",\n\"" + std::string(name) + "\":[\n" + entries + "]";
        };
        return writeFileAtomically(fileOf(""), "{\"info\":" + info + list("licenses", "") + list("images", images_) +
                                                   list("annotations", annotations_) + list("categories", categories) +
                                                   "}\n");
    }
    return {};
}

}  // namespace maskwright::output
