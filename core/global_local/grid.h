// Regions as they lie on a tower's grid.
#pragma once

#include <span>

#include "core/global_local/facts.h"
#include "core/vision/regions.h"

namespace maskwright::global_local {

// Bilinear with antialiasing, as torchvision resizes the masks of Zero-shot-RIS; corners: torch's nearest.
vision::GridRegions onGrid(std::span<const Region> regions, std::int64_t gridHeight, std::int64_t gridWidth);

}  // namespace maskwright::global_local
