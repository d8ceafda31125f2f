#include "core/global_local/grid.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/image/runs_cut.h"

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
        const Runs& runs = region.mask;
        const Heatmap shares = resizeAntialiased(runs, static_cast<int>(gridWidth), static_cast<int>(gridHeight));
        soft = std::copy(shares.pixels.begin(), shares.pixels.end(), soft);
        const Box box = boundingBox(runs);
        const Mask mask = cutOut(runs, box);
        for (std::int64_t i = 0; i < gridHeight; ++i) {
            const int y = nearest(i, runs.height, gridHeight) - box.y;
            for (std::int64_t k = 0; k < gridWidth; ++k) {
                const int x = nearest(k, runs.width, gridWidth) - box.x;
                const bool within = x >= 0 && y >= 0 && x < box.width && y < box.height;
                *corner++ = within && mask.at(x, y) != 0;
            }
        }
    }
    return grid;
}

}  // namespace maskwright::global_local
