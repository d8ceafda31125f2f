// What becomes of the mean feature of a marked object's picture: itself, or a mixture of names (PooledHead). Throws on
// shapes that do not fit.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/clip/config.h"
#include "core/nn/params.h"

namespace maskwright::clip {

// Cosines [B, K] of names [K, P] with the projected mean [B, P] after the perceptron of clip.pooled_head (`head`); what
// its training and pooledEmbedding() share.
at::Tensor nameCosines(const nn::Params& head, const at::Tensor& mean, const at::Tensor& names);

// What the projected mean becomes as the picture's pooled embedding, [B, P] -> [B, P]; itself where there are no names.
// `p` is the scope "clip".
at::Tensor pooledEmbedding(const nn::Params& p, const PooledHead& config, const at::Tensor& mean);

}  // namespace maskwright::clip
