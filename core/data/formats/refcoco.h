// RefCOCO, RefCOCO+ and RefCOCOg (Yu et al. 2016, Mao et al. 2016) as lichengunc/refer has them: a folder with
// refs(unc|umd|google).p, a pickle of Python 2 with a list of dictionaries (ann_id, image_id, split, sentences, each
// with `sent`), and instances.json in COCO's format. The pickle is read as plain data; nothing in it is run.
#pragma once

#include <string>
#include <vector>

#include "core/data/referring.h"

namespace maskwright::data {

// Who made the splits: what stands in the brackets of the folder's refs(...).p, in order.
std::vector<std::string> refsIn(const std::string& folder);

// Each sentence is a text, in lower case as the data set has it. The pictures are in `images`, or in folder/images, or
// where lichengunc/refer has them, folder/../images/mscoco/images/train2014; else in the folder itself. Errors: usage
// where options.splitBy is none of `refs`, or empty though there are several; input.
Result<ReferringSet> readRefCoco(const ReferringOptions& options, const std::vector<std::string>& refs);

}  // namespace maskwright::data
