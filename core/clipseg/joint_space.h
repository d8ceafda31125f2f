// The joint space: at every position of a picture a feature that lies beside the phrases which say what is there. Made
// from maps of a frozen trunk; it finds what the trunk has no name for: stuff, clothes, parts. `p` is the scope
// "decoder.joint". Throws on shapes that do not fit.
#pragma once

#include <span>

#include "core/clipseg/config.h"
#include "core/nn/params.h"

namespace maskwright::clipseg {

struct JointSpace {
    at::Tensor coarse;  // [B, P, h, w] on the decoder's grid
    at::Tensor fine;    // [B, P, 2h, 2w]
};

// maps: those after joint_layers, then those after joint_fine_layers, [B, C, any h, any w]; height, width: of the grid.
JointSpace jointSpace(const nn::Params& p, const Eyes& eyes, std::span<const at::Tensor> maps, std::int64_t height,
                      std::int64_t width);

}  // namespace maskwright::clipseg
