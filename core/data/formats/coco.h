// The format of COCO (cocodataset.org, "Data format"): one JSON of pictures, annotations and categories beside a folder
// of picture files. Beyond the format, and optional: a category's `names` (synonyms), `synset`, `group` and `parents`
// (category ids; a parent covers it), a picture's `source` and `labels`: what its annotations cover, "instances" or
// "detector" (Coverage::closed, also where there is no `labels`), "semantic" (listed) or "saliency+detector"
// (saliency); a picture's `presence`, "people" where people said which of the closed names are there; and beside the
// annotations a list `undrawn` of {image_id, category_id, bbox [x, y, width, height]}: what is there without a mask.
//
// Files are read as people have them. An entry that cannot be used is passed over and counted, and what is not quite as
// the format has it is read all the same: DataSet::oddities says in one line how many there were of each kind, and
// which was the first (coco_oddities.h has the kinds).
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "core/data/dataset.h"

namespace maskwright::data {

struct CocoOptions {
    bool strict = false;  // the first oddity is an error
    // Sizes, polygons and runs are of the pictures as they are stored, before EXIF's turn, which they are given here:
    // the data set's pictures and masks are upright either way.
    bool exifAsStored = false;
    std::int64_t pictures = 0;         // only the first so many that can be used; 0: all
    std::set<std::int64_t> only = {};  // the ids of the pictures that are wanted; empty: all
    std::string images = {};           // folder of the pictures, where it is elsewhere
};

// `folder`/`split`.json with pictures in `folder`/images (or `folder`/`split`, or `folder`), and `folder`/coco80.json,
// an object of category ids, where the closed vocabulary is smaller than all categories. Looks at every picture's
// header. Errors: ErrorKind::input for a file that is no JSON or has no lists of pictures and categories, and where no
// picture is left; with `strict` for every oddity, naming the file and the entry.
Result<DataSet> readCoco(const std::string& folder, const std::string& split, const CocoOptions& options = {});

}  // namespace maskwright::data
