// How everything but a region is silenced inside CLIP's towers. No torch in sight.
#pragma once

namespace maskwright::vision {

// In which blocks: k counts from the last, L are all of them. The modified ResNet knows `tokens` alone: its map times
// the region, before the attention pool.
enum class Silencing {
    tokens,    // patches times the soft region before each of the last k blocks (token_masking)
    oneBlock,  // the same before block L - k alone (specific_masking)
    // From block L - k on, patches that the region does not touch are no keys for anybody. The released attn_masking
    // means that and does nothing: its blocks ignore what they are given.
    attention,
    // From block L - k on a token for each region, at first a copy of the class token, looks at the region's patches
    // and itself; the picture's own tokens know nothing of it (CLIPMaskedSpatialViT).
    regionToken
};

}  // namespace maskwright::vision
