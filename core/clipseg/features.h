// What is kept of pictures to be asked again.
#pragma once

#include <optional>

#include "core/clipseg/joint_space.h"
#include "core/clipseg/presence.h"
#include "core/vision/output.h"

namespace maskwright::clipseg {

// What of the decoder's work is the pictures' alone, whatever is asked.
struct PictureShare {
    std::vector<at::Tensor> reduced;   // [B, T, D] of each decoder block, the deepest tap first
    std::vector<at::Tensor> laterals;  // [B, c, h, w] of each level of the pyramid head
    at::Tensor names;                  // [B, K, T] cosines of the trunk's K names, undefined without spoken maps
    PresenceInput presence;            // with presence_mlp
};

// Pictures as the decoder reads them: the trunk's answer, and the joint space where the model has one.
struct Features : vision::Output {
    JointSpace joint;
    std::optional<PictureShare> share{};  // with it taps and pyramid are not looked at; without it each decode makes it
};

// The same on another device; on the CPU in float32.
Features movedTo(const Features& features, at::Device device);
// Of all its tensors, those that share their numbers once.
std::int64_t bytesOf(const Features& features);

}  // namespace maskwright::clipseg
