#include "core/global_local/grid.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/image/antialias.h"

namespace maskwright::global_local {

namespace {

// Where torch's nearest looks for position `i` of `to` in a line of `from`.
int nearest(std::int64_t i, int from, std::int64_t to) {
    const float scale = static_cast<float>(from) / static_cast<float>(to);
    return std::min(static_cast<int>(static_cast<float>(i) * scale), from - 1);
}

}  // namespace

vision::GridRegions onGrid(std::span<const Region> regions, std::int64_t gridHeight, std::int64_t gridWidth) {
    const auto count = static_cast<std::int64_t>(regions.size());
    vision::GridRegions grid{at::empty({count, gridHeight, gridWidth}, at::kFloat),
                             at::empty({count, gridHeight, gridWidth}, at::kFloat)};
    float* soft = grid.soft.data_ptr<float>();
    float* corner = grid.corners.data_ptr<float>();
    for (const Region& region : regions) {
        const Mask mask = toMask(region.mask);
        const Heatmap shares = resizeAntialiased(mask, static_cast<int>(gridWidth), static_cast<int>(gridHeight));
        soft = std::copy(shares.pixels.begin(), shares.pixels.end(), soft);
        for (std::int64_t y = 0; y < gridHeight; ++y) {
            for (std::int64_t x = 0; x < gridWidth; ++x) {
                *corner++ = mask.at(nearest(x, mask.width, gridWidth), nearest(y, mask.height, gridHeight)) != 0;
            }
        }
    }
    return grid;
}

}  // namespace maskwright::global_local
