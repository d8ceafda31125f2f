// A data set in COCO's format: one JSON of pictures, annotations and categories beside a folder of picture files.
// Beyond the format, and optional: a category's `names` (synonyms), `synset`, `group` and `parents` (category ids; a
// parent covers it), a picture's `source` and `labels` (what its annotations cover).
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/data/runs.h"

namespace maskwright::data {

struct Category {
    std::int64_t id = 0;
    std::string name;
    std::vector<std::string> names;  // synonyms, the name itself first
    std::string synset, group;
    std::vector<std::size_t> parents;    // indices into DataSet::categories
    std::vector<std::size_t> ancestors;  // parents, their parents, ...; sorted, without itself
};

// What the absence of an annotation in a picture says.
enum class Coverage {
    closed,    // every closed-vocabulary name is annotated ("instances", "detector", or a file without `labels`)
    listed,    // only the annotated kinds are ("semantic"): other kinds may be there
    saliency,  // the closed vocabulary, and one object of a thousand classes ("saliency+detector")
};

struct Annotation {
    std::size_t photo = 0, category = 0;  // indices
    Runs runs;
    std::int64_t area = 0;  // pixels inside
    bool crowd = false;
};

struct Photo {
    std::int64_t id = 0;
    std::string file;  // relative to DataSet::imageFolder
    int width = 0, height = 0;
    std::string source;
    Coverage coverage = Coverage::closed;
    std::vector<std::size_t> annotations;  // indices
};

struct DataSet {
    std::string file, imageFolder;  // for messages and for reading pictures
    std::vector<Category> categories;
    std::vector<Photo> photos;
    std::vector<Annotation> annotations;
    std::vector<std::size_t>
        closed;  // categories whose absence is certain under Coverage::closed (coco80.json, or all)

    [[nodiscard]] std::string pathOf(const Photo& photo) const;
    // Whether b is a or below a ("dog" covers "poodle").
    [[nodiscard]] bool covers(std::size_t a, std::size_t b) const;
};

// `folder`/`split`.json with pictures in `folder`/images (or `folder`/`split`, or `folder`), and `folder`/coco80.json,
// an object of category ids, where the closed vocabulary is smaller than all categories. Every error names the file and
// the entry: ErrorKind::input. Masks whose size is not the picture's, unknown ids, duplicate ids, a picture file that
// is not there are errors.
Result<DataSet> readCoco(const std::string& folder, const std::string& split);

// The picture, checked to have the size the data set says.
Result<Image> readPhoto(const DataSet& set, const Photo& photo);

// The union of the photo's annotations whose category `wanted` covers.
Mask maskOf(const DataSet& set, const Photo& photo, std::size_t wanted);

}  // namespace maskwright::data
