// The pictures of a data set in COCO's format that are measured.
#pragma once

#include "core/data/dataset.h"
#include "core/eval/measuring.h"

namespace maskwright::eval {

struct Photos {
    data::DataSet set;
    std::vector<std::size_t> chosen;  // of set.photos, in order; never none
};

// Errors: the reader's, those of PictureList::chosen.
Result<Photos> readPhotos(const Measuring& options);

// Says what was odd in the data set, where something was: once nothing can fail any more for what it says.
void warnOfOddities(const Measuring& options, const data::DataSet& set);

}  // namespace maskwright::eval
