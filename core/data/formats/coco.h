// The format of COCO (cocodataset.org, "Data format"): one JSON of pictures, annotations and categories beside a folder
// of picture files. Beyond the format, and optional: a category's `names` (synonyms), `synset`, `group` and `parents`
// (category ids; a parent covers it), a picture's `source` and `labels`: what its annotations cover, "instances" or
// "detector" (Coverage::closed, also where there is no `labels`), "semantic" (listed) or "saliency+detector"
// (saliency); a picture's `presence`, "people" where people said which of the closed names are there; and beside the
// annotations a list `undrawn` of {image_id, category_id, bbox [x, y, width, height]}: what is there without a mask.
#pragma once

#include <string>

#include "core/data/dataset.h"

namespace maskwright::data {

// `folder`/`split`.json with pictures in `folder`/images (or `folder`/`split`, or `folder`), and `folder`/coco80.json,
// an object of category ids, where the closed vocabulary is smaller than all categories. Every error names the file and
// the entry: ErrorKind::input. Masks whose size is not the picture's, unknown ids, duplicate ids, a picture file that
// is not there are errors.
Result<DataSet> readCoco(const std::string& folder, const std::string& split);

}  // namespace maskwright::data
