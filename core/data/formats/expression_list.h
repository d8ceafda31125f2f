// A list of expressions beside a data set in COCO's format: [{"image": file name, "annotation": id, "expression":
// text}, ...]. What a person writes to measure with pictures of their own.
#pragma once

#include "core/data/referring.h"

namespace maskwright::data {

// Errors: readCoco()'s of `folder`/`split`.json; input for a file that is no such list, or names an annotation of
// another picture.
Result<ReferringSet> readExpressionList(const ReferringOptions& options);

}  // namespace maskwright::data
