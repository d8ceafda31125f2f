// Regions of a picture as CLIP's towers see them: the picture goes through the tower once, and each region through what
// is left of it with everything else silenced (Yu, Seo, Son 2023, section 3.2; Seonghoon-Yu/Zero-shot-RIS
// model/backbone.py). For the transformer and the modified ResNet; the other trunks have maps to read instead. Throws
// on shapes that do not fit.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/nn/params.h"
#include "core/vision/silencing.h"
#include "core/vision/trunk.h"

namespace maskwright::vision {

// A picture on its way through.
struct Passage {
    std::vector<at::Tensor> before;  // transformer: [1, T, C] before each block
    at::Tensor map;                  // ResNet: [1, C, h, w], of unit length over the channels of each position
    std::int64_t gridHeight = 0, gridWidth = 0;
};

// N regions on the picture's grid.
struct GridRegions {
    at::Tensor soft;  // [N, h, w] shares of 0..1
    at::Tensor
        corners;  // [N, h, w] 1 where the patch's top left pixel is inside (torch's nearest), else 0; for regionToken
};

// Whether passage() and pooledUnder() take this trunk.
bool takesRegions(const Trunk& trunk);
// pixels: [1, 3, H, W] normalised, sides multiples of cell(). Throws Stopped between blocks.
Passage passage(const Trunk& trunk, const nn::Params& p, const at::Tensor& pixels, std::stop_token stop = {});
// The pooled feature of each region, [N, hiddenSize], before the projection. `blocks`: k, 1 to trunk.blocks(); more
// than there are means all.
at::Tensor pooledUnder(const Trunk& trunk, const nn::Params& p, const Passage& passage, const GridRegions& regions,
                       Silencing how, std::int64_t blocks, const std::stop_token& stop = {});
// Numbers that live at once for each region that pooledUnder() is given, about.
double floatsPerRegion(const Trunk& trunk, const Passage& passage);

}  // namespace maskwright::vision
