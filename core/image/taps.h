// Pillow's resize as sums of source pixels, for whoever computes them elsewhere than resize() does (clip/pixels.h).
#pragma once

#include <cstdint>
#include <vector>

#include "core/image/resize.h"

namespace maskwright {

// Pillow's fixed point: 32 bits less 8 of the pixel and 2 of headroom.
inline constexpr int kPrecisionBits = 32 - 8 - 2;

// A direction of a resize: the outputs begin .. begin + length of `to` are made of `from`.
struct ResizeSide {
    int from, to, begin, length;
    [[nodiscard]] bool whole() const { return from == to && begin == 0 && length == to; }
};

// Output i is the sum of source[first[i] + k] * weights[i * stride + k] for k < count[i], and half of
// 2^kPrecisionBits, shifted right by kPrecisionBits and cut to 0..255. Weights from count[i] on are 0.
struct ResizeTaps {
    std::vector<int> first, count;
    std::vector<std::int32_t> weights;
    int stride = 0;
};
ResizeTaps resizeTaps(ResizeFilter filter, const ResizeSide& side);

// Whether Pillow (13) makes the vertical pass first; each pass rounds, so the order shows.
bool resizesDownFirst(const ResizeSide& columns, const ResizeSide& rows);

}  // namespace maskwright
