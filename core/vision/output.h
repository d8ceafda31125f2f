// What is asked of a vision trunk and what it answers.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <limits>
#include <stop_token>
#include <vector>

#include "core/nn/mobile.h"

namespace maskwright::vision {

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

inline constexpr std::int64_t kNoneTrained = std::numeric_limits<std::int64_t>::max();

struct Request {
    std::vector<std::int64_t> taps;     // blocks (0-based) whose output is wanted, any order
    std::vector<std::int64_t> pyramid;  // blocks whose feature maps are wanted, coarse first; trunks with maps only
    bool pooled = false;                // the one feature of the picture
    bool dense = false;                 // the feature of every position; trunks with maps only
    bool spoken = false;                // what a detector and a classifier say; trunks that have them only
    TokenMask tokenMask;                // trunks that hide tokens only
    nn::Arithmetic arithmetic;
    // Blocks before it, and what is before the blocks, are run without a graph; kNoneTrained: all of the model's
    // picture side.
    std::int64_t firstTrained = 0;
    std::stop_token stop;
};

// What a trunk's own detector (K names) and classifier (L classes) say of B pictures. Float32.
struct Spoken {
    at::Tensor evidence;  // [B, K, H / 4, W / 4] in 0..1: of each name, the surest instance at that place
    at::Tensor classes;   // [B, L, H / 16, W / 16] probabilities of the classes at every position
    at::Tensor whole;     // [B, L] probabilities of the classes for the whole picture
};

struct Output {
    std::vector<at::Tensor> taps;     // [B, classTokens + H*W, C] in the order asked
    std::vector<at::Tensor> pyramid;  // [B, C, h, w]
    at::Tensor pooled;                // [B, hiddenSize], or undefined
    at::Tensor dense;                 // [B, H*W, hiddenSize], or undefined
    Spoken spoken;                    // where it was asked for
    std::int64_t gridHeight = 0, gridWidth = 0;
    std::int64_t classTokens = 0;
};

}  // namespace maskwright::vision
