// CLIP's two towers as functions over a weight scope (`p` is the scope "clip"). Throws on shapes that do not fit.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <stop_token>
#include <vector>

#include "core/clip/config.h"
#include "core/nn/params.h"

namespace maskwright::clip {

// Thrown between blocks when a stop was asked.
struct Stopped {};

// Hides the tokens outside a region inside the encoder: attention scores are multiplied by the mask before the softmax
// (timojl/clipseg models/clipseg.py, forward_multihead_attention; paper Table 2's first rows).
struct TokenMask {
    enum class Queries { none, patches, classToken };  // whose scores for the patches are multiplied
    Queries queries = Queries::none;
    at::Tensor inside;           // [B, H * W], 1 inside and 0 outside
    std::int64_t fromBlock = 0;  // this block and those after it
};

struct VisionRequest {
    std::vector<std::int64_t> taps;  // blocks (0-based) whose output is wanted, any order
    std::vector<std::int64_t>
        pyramid;          // EfficientNet only: blocks whose feature maps the pyramid head takes, coarse first
    bool pooled = false;  // the projected embedding: CLS (ViT) or pooledEmbedding() (EfficientNet), not L2-normalised
    bool dense = false;   // EfficientNet only: the projected feature of every position
    TokenMask tokenMask;  // ViT only
    std::stop_token stop;
};

struct VisionOutput {
    std::vector<at::Tensor> taps;     // [B, cls + H*W, C] in the order asked; cls = 1 for ViT, 0 for EfficientNet
    std::vector<at::Tensor> pyramid;  // [B, C, h, w]
    at::Tensor pooled;                // [B, P] or undefined
    at::Tensor dense;                 // [B, H*W, P], not normalised, or undefined
    std::int64_t gridHeight = 0, gridWidth = 0;
    std::int64_t classTokens = 0;  // 1 for ViT
};

// pixels: [B, 3, H, W], normalised; H and W multiples of config.cell(). Blocks past the last one needed are not run.
VisionOutput vision(const nn::Params& p, const VisionConfig& config, const at::Tensor& pixels,
                    const VisionRequest& request);

// Cosines [B, K] of names [K, P] with the mean of a picture's projected features [B, P] after the perceptron of
// clip.pooled_head (`head`); what its training and pooledEmbedding() share.
at::Tensor nameCosines(const nn::Params& head, const at::Tensor& mean, const at::Tensor& names);

// EfficientNet only: what the mean of a picture's projected features becomes as its pooled embedding, [B, P] -> [B, P];
// itself where config.pooledNames is 0.
at::Tensor pooledEmbedding(const nn::Params& p, const VisionConfig& config, const at::Tensor& mean);

// ids: [N, T] int64, padded with anything after each row's end; ends: [N] int64, the position of each end marker.
// -> [N, P], projected, not L2-normalised. Text may be cut right after the end marker: attention is causal.
at::Tensor text(const nn::Params& p, const TextConfig& config, const at::Tensor& ids, const at::Tensor& ends);

}  // namespace maskwright::clip
