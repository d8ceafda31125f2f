// Masks in the formats that programs for annotating and training read, written and read back. Paths are UTF-8. Blocks;
// one thread at a time.
//
// coco     One JSON for all pictures (cocodataset.org, "Data format"). A mask is its runs, compressed as pycocotools
// has
//          them, or, where wanted, polygons. Categories are the labels, numbered from 1 as they come; `score` is the
//          object's, file_name the picture's name. The very mask comes back from the runs.
// labelme  One JSON a picture, labelme's own: a polygon a part, the parts of one object with one group_id. imagePath is
//          relative to the JSON.
// yolo     Ultralytics' "segment" format: labels/NAME.txt with a line an object (class, then the outline's x and y as
//          parts of the picture's width and height), and data.yaml with the names of the classes.
//
// Polygons go along the edges of the pixels. None of the formats has holes in a polygon: a slit without width leads to
// each (image/outlines.h), and where an outline has to be one, as YOLO's, lines without width join the parts. Programs
// that fill by even-odd, as this one does, get the very mask back; those that draw the outline too gain a line of
// pixels there.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/image/runs.h"

namespace maskwright::output {

enum class Format { coco, labelme, yolo };
inline constexpr std::array<std::string_view, 3> kFormats = {"coco", "labelme", "yolo"};  // by Format
constexpr std::string_view formatName(Format format) { return kFormats[static_cast<std::size_t>(format)]; }
std::optional<Format> formatNamed(std::string_view name);

struct AnnotatedObject {
    std::string label;
    Runs runs;
    double score = 1;  // 0..1; not in labelme's and YOLO's files
};

struct AnnotatedPicture {
    std::string path;  // its file
    std::string name;  // what the files call it: as its path is seen from the folder that all pictures share
    int width = 0, height = 0;
    std::vector<AnnotatedObject> objects;  // those without a pixel are left out of the files
};

struct AnnotationOptions {
    Format format = Format::coco;
    bool polygons = false;   // coco: instead of runs
    bool overwrite = false;  // files that are there are replaced
    bool operator==(const AnnotationOptions&) const = default;
};

// Writes the files of one export.
class AnnotationWriter {
  public:
    // `output`: coco: a file that ends in .json, or a folder, which gets annotations.json; labelme and yolo: a folder,
    // with one picture and labelme also a file that ends in .json. Folders are made. `names`: of all pictures
    // that may come, no two the same: their files are named by them. Errors: ErrorKind::usage for an output that does
    // not fit; output where a file is there already and is not to be replaced, or a folder cannot be made.
    static Result<AnnotationWriter> create(const AnnotationOptions& options, const std::string& output,
                                           const std::vector<std::string>& names);
    // The files that create() of the same would check, each once: those about all pictures last. Looks at no disk.
    // Errors: ErrorKind::usage as there, and where two pictures would share a file.
    static Result<std::vector<std::string>> filesOf(const AnnotationOptions& options, const std::string& output,
                                                    const std::vector<std::string>& names);
    // The next picture, which is one of the names. Its own file is written at once, whole or not at all; COCO's is at
    // the end. -> the file that it is in. Errors: ErrorKind::output.
    Result<std::string> add(const AnnotatedPicture& picture);
    // The files about all pictures, also where some did not come. Errors: ErrorKind::output.
    Result<void> finish();

  private:
    AnnotationWriter(AnnotationOptions options, std::string folder) : options_(options), folder_(std::move(folder)) {}
    std::size_t classOf(const std::string& label);
    static Result<AnnotationWriter> prepare(const AnnotationOptions& options, const std::string& output,
                                            std::size_t pictures);
    [[nodiscard]] Result<std::vector<std::string>> files(const std::vector<std::string>& names) const;
    [[nodiscard]] std::string fileOf(const std::string& name) const;
    AnnotationOptions options_;
    std::string folder_;
    std::string file_;                  // the only one, where it was named
    std::vector<std::string> classes_;  // labels by their number
    std::map<std::string, std::size_t> numbers_;
    std::string images_, annotations_;  // COCO's lists, a line an entry
    std::size_t imageCount_ = 0, annotationCount_ = 0;
};

// Which picture is meant: a file may be about many.
struct PictureMeant {
    std::string path;
    int width = 0, height = 0;
};
struct ReadAnnotations {
    std::vector<AnnotatedObject> objects;  // in the file's order
    std::vector<Message> warnings;         // what was passed over
};
// The objects of one picture. `path`: COCO's JSON (the picture is found by its file's name, or is the only one),
// labelme's, or a .txt of YOLO's, whose classes are named by data.yaml or classes.txt beside it or in the folder above,
// else by their numbers. Errors: ErrorKind::input for a file of none of them, one without this picture, or with a
// picture of another size.
Result<ReadAnnotations> readAnnotations(const std::string& path, const PictureMeant& picture);

}  // namespace maskwright::output
