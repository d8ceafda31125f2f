// What a trunk's own words (vision::Spoken) say of a condition. The is-a head tells which of the detector's K names and
// the classifier's L classes the condition means; with it, what was found under those names is evidence, and what was
// found under others stands against it. Everything here can be differentiated, except where it says so; throws on
// shapes that do not fit.
//
// N conditions, each for one of B pictures (pictureOf [N] int64); a: [N, K] or [N, L], in 0..1.
#pragma once

#include "core/clipseg/config.h"
#include "core/clipseg/joint_space.h"
#include "core/nn/params.h"

namespace maskwright::clipseg {

// conditions: [N, P], as asked() gives them -> [N, K + L] logits. `p` is the scope "decoder.is_a". A head is needed
// because a threshold on cosines cannot tell: "animal" is no nearer to a cat than "dog" is.
at::Tensor isA(const nn::Params& p, const at::Tensor& conditions);

// From this a_k on a name is what the condition means.
inline constexpr double kMeant = 0.5;

// Found under the names that are meant: min(1, sum over k of a_k M_k). evidence: [B, K, h, w] -> [N, h, w].
at::Tensor evidenceFor(const at::Tensor& evidence, const at::Tensor& a, const at::Tensor& pictureOf);
// What the detector takes a place for instead: the largest M_k of the names with a_k < kMeant. Not differentiated.
at::Tensor evidenceAgainst(const at::Tensor& evidence, const at::Tensor& a, const at::Tensor& pictureOf);
// How much nearer a place is to the condition than to the best of the names it does not mean (a_k < kMeant), in
// cosines. cosine: [N, T] of the condition; names: [B, K, T] of the names -> [N, T].
at::Tensor margin(const at::Tensor& cosine, const at::Tensor& names, const at::Tensor& a, const at::Tensor& pictureOf);
// ln(sum over l of a_l P_l + 0.001) - ln 0.02. classes: [B, L, T] probabilities -> [N, T]. A class of a thousand that
// has 2 % says nothing either way (chosen on val).
at::Tensor classesFor(const at::Tensor& classes, const at::Tensor& a, const at::Tensor& pictureOf);

// Each condition's own picture out of an answer for all of them: [B, N, ...] -> [N, ...]. One product for all is
// cheaper than a copy of a picture's maps for each condition.
at::Tensor ofOwnPicture(const at::Tensor& all, const at::Tensor& pictureOf);

// Numbers of the names' maps that evidenceAgainst() compares at a time, so that many conditions take no more memory.
inline constexpr std::int64_t kSpokenAtOnce = 1 << 22;

// Six maps of each condition: similarity on the joint space's two grids, evidence for, the classifier's word, evidence
// against, margin.
struct Maps {
    at::Tensor tokens;  // [N, 6, h, w] on the decoder's grid
    at::Tensor fine;    // [N, 6, h4, w4] at the resolution of the evidence
};
// `p` is the scope "decoder". What `spoken` leaves undefined (evidence, or classes and whole) says nothing: its maps
// are 0. a: [N, K + L]; names: [B, K, T], PictureShare's.
Maps spokenMaps(const nn::Params& p, const vision::Spoken& spoken, const JointSpace& joint,
                const at::Tensor& conditions, const at::Tensor& a, const at::Tensor& pictureOf,
                const at::Tensor& names);

}  // namespace maskwright::clipseg
