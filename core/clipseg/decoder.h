// CLIPSeg's decoder over a weight scope (`p` is the scope "decoder"). Source: CLIPSeg (Lüddecke & Ecker 2022), section
// 3; timojl/clipseg models/clipseg.py, CLIPDensePredT.
#pragma once

#include "core/clip/towers.h"
#include "core/clipseg/config.h"
#include "core/clipseg/features.h"

namespace maskwright::clipseg {

// What the decoder wants from the vision tower: in the pyramid the maps of pyramid_layers, joint_layers and
// joint_fine_layers, in this order.
vision::Request visionRequest(const Config& config);

Features featuresOf(const nn::Params& p, const Config& config, vision::Output trunk);
// Cosines of the joint space [B, P, h, w] with the trunk's K names -> [B, K, h * w].
at::Tensor nameCosines(const nn::Params& p, const at::Tensor& joint, std::int64_t names);
PictureShare pictureShare(const nn::Params& p, const Config& config, const Features& features);

// Conditions as the decoder reads them: at condition_length where there is one. [N, P]
at::Tensor asked(const Config& config, const at::Tensor& conditions);

// features: of B pictures; conditions: [N, P], raw embeddings; pictureOf: [N] int64, which of the B each condition is
// for.
// -> logits [N, h, w] at the head's resolution: input size for CLIPSeg's heads, a quarter of it for the pyramid head.
// With a presence head, log(sigmoid(presence)) is in the logits already: what is not there sinks as a whole. With
// presence_mlp no pixel is surer than the presence (clipseg/presence.h).
struct Decoded {
    at::Tensor logits;
    at::Tensor presence;  // [N] logits, undefined without a presence head
    at::Tensor isA;       // [N, K + L] logits of the trunk's names and classes, undefined without an is-a head
};
Decoded decodeAll(const nn::Params& p, const Config& config, const Features& features, const at::Tensor& conditions,
                  const at::Tensor& pictureOf);
// What a user gets: the logits alone, stretched where the model has a mask_shape (training looks at them as they are);
// with presence_mlp, conditions that are surely absent are not decoded.
at::Tensor decode(const nn::Params& p, const Config& config, const Features& features, const at::Tensor& conditions,
                  const at::Tensor& pictureOf);

// MaskShape's stretch of logits [N, h, w] that hold log(sigmoid(presence)) already; presence: [N] or undefined.
at::Tensor stretched(const MaskShape& shape, const at::Tensor& logits, const at::Tensor& presence);

// The similarity map alone, before scale and bias: cosine of dense features [B, H*W, P] with conditions [K, P] -> [B,
// K, H*W].
at::Tensor similarity(const at::Tensor& dense, const at::Tensor& conditions);

// Bilinear (align_corners=False) to height x width where the head's resolution is another. logits: [N, h, w].
at::Tensor toInputSize(const at::Tensor& logits, std::int64_t height, std::int64_t width);

// Fresh decoder tensors by their full names, drawn from the global generator.
nn::TensorMap freshDecoder(const Config& config);

}  // namespace maskwright::clipseg
