// COCO's categories: their names, what they are below of, and which of them are surely annotated.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "core/base/json.h"
#include "core/data/dataset.h"
#include "core/data/formats/coco_oddities.h"

namespace maskwright::data {

using CategoryIds = std::unordered_map<std::int64_t, std::size_t>;  // an id's place in DataSet::categories

// The list "categories" into `set`. Errors: those of `oddities`.
Result<CategoryIds> readCategories(const Json& list, DataSet& set, Oddities& oddities);

// DataSet::closed: from `file` (coco80.json, an object of ids), or all categories where there is no such file. Errors:
// ErrorKind::input for a file that is no such object or none of whose ids is a category's; those of `oddities`.
Result<void> readClosed(const std::string& file, const CategoryIds& ids, DataSet& set, Oddities& oddities);

}  // namespace maskwright::data
