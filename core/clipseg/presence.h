// Whether what a condition means is in a picture at all, before anything is drawn: from what the trunk's detector and
// classifier say (vision::Spoken), from the joint space, and from the condition itself. The head of models with
// `presence_mlp`. It judges what the trunk has a name for; of the rest the decoder's own presence head knows more. As
// no block of the decoder has run yet, what is surely absent needs none.
#pragma once

#include "core/clipseg/config.h"
#include "core/clipseg/joint_space.h"
#include "core/nn/params.h"

namespace maskwright::clipseg {

// What the head reads of B pictures. Float32.
struct PresenceInput {
    at::Tensor whole;     // [B, L] probabilities of the classes for the whole picture
    at::Tensor anywhere;  // [B, L] and the highest of each at any position
    at::Tensor surest;    // [B, K] the surest instance of each name
    at::Tensor area;      // [B, K] share of the picture that its instances cover
    at::Tensor joint;     // [B, P, h, w] the joint space on the decoder's grid
    at::Tensor names;     // [B, K, h * w] its cosines with the names (PictureShare's)
};
// What nobody spoke is 0. classes: L.
PresenceInput presenceInput(const vision::Spoken& spoken, const JointSpace& joint, const at::Tensor& names,
                            std::int64_t classes);

// Numbers about N conditions, each for one of B pictures (pictureOf [N] int64): how far the detector and the classifier
// have the names that the condition means, how far they have others, how near the joint space comes, and how surely the
// condition means a name at all. a: [N, K + L] in 0..1; conditions: [N, P].
// -> [N, kPresenceFacts] float32
inline constexpr std::int64_t kPresenceFacts = 22;
at::Tensor presenceFacts(const PresenceInput& input, const at::Tensor& conditions, const at::Tensor& a,
                         const at::Tensor& pictureOf);

// `p` is the scope "decoder.named_presence". conditions: [N, P] as asked() gives them. -> [N] logits
at::Tensor namedPresence(const nn::Params& p, const at::Tensor& facts, const at::Tensor& conditions);

// Of both heads' logits [N] the one that knows more: the named one, as far as the condition means a name of the trunk's
// (the largest of a, [N, K + L]).
at::Tensor blended(const at::Tensor& named, const at::Tensor& general, const at::Tensor& a);
// The most that it can be, whatever the decoder's own head will say.
at::Tensor mostOf(const at::Tensor& named, const at::Tensor& a);

// The logits of "it is in the picture and it is here": the less sure of the two, so that no pixel is surer than the
// presence and a mask keeps its shape (their product shrinks what is half sure: on val mean IoU 0.557 for the figures
// in models/sight/README.md). maps: [N, h, w], presence: [N].
at::Tensor bothOf(const at::Tensor& maps, const at::Tensor& presence);

// Below this presence a condition is not decoded: its map is flat, and far below any threshold.
inline constexpr double kSurelyAbsent = 0.02;

}  // namespace maskwright::clipseg
