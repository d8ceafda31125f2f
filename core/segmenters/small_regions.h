// Specks and holes of a mask.
#pragma once

#include <cstdint>

#include "core/image/image.h"

namespace maskwright::segmenters {

// Holes and parts of fewer than `smallest` pixels go, holes first; of a mask that has only smaller parts the largest
// stays. Neighbours are eight. Whether anything changed. segment_anything/utils/amg.py, remove_small_regions.
bool withoutSmallRegions(Mask& mask, std::int64_t smallest);

}  // namespace maskwright::segmenters
