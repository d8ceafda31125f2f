// What a marked object is asked for with: a mixture of the names that the model keeps (decoder.names). Where the
// detector sees something under the region, its names; where it sees nothing, those that the joint feature lies nearest
// to. A mean feature would lie beside the phrases, not among them (text memory: Li et al. 2023, DeCap). Throws on
// shapes that do not fit.
#pragma once

#include "core/clipseg/decoder.h"

namespace maskwright::clipseg {

// Whether a model asks for marked objects this way.
bool marksByNames(const Config& config);

// features: of B pictures; regions: [M, h, w] in 0..1, over the whole input and at any resolution no coarser than the
// evidence; pictureOf: [M] int64. -> [M, P], as long as the names are. `p` is the scope "decoder".
at::Tensor markedConditions(const nn::Params& p, const Config& config, const Features& features,
                            const at::Tensor& regions, const at::Tensor& pictureOf);

// How well each of K names fits each region: the share of the region that its evidence covers, times the root of the
// share of the evidence that is in the region, so that the tie wins over the person who wears it. evidence: [B, K, h,
// w], regions: [M, h, w] -> [M, K] in 0..1.
at::Tensor namesUnder(const at::Tensor& evidence, const at::Tensor& regions, const at::Tensor& pictureOf);

}  // namespace maskwright::clipseg
