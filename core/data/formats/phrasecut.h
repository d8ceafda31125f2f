// PhraseCut (Wu et al. 2020) as ChenyunWu/PhraseCutDataset has it: refer_SPLIT.json, a list of {task_id, image_id,
// phrase, Polygons}, an instance each a list of polygons, a polygon a list of [x, y]; image_data_split.json with the
// pictures' sizes; images/ID.jpg.
#pragma once

#include <string>

#include "core/data/referring.h"

namespace maskwright::data {

// folder/refer_SPLIT.json
std::string phraseCutFile(const ReferringOptions& options);

// A phrase means all its instances together; what all phrases of a picture mean are its objects. Errors: input.
Result<ReferringSet> readPhraseCut(const ReferringOptions& options);

}  // namespace maskwright::data
