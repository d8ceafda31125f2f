// A picture cut into pieces of like colour by a graph of its pixels, and the pieces joined one after the other. Private
// to core/proposals.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/image/image.h"

namespace maskwright::proposals {

// CIE L*a*b*, 8 bits a channel as OpenCV scales them, [height, width, 3] in floats.
struct Lab {
    int width = 0, height = 0;
    std::vector<float> values;
    [[nodiscard]] const float* at(int x, int y) const {
        return &values[(std::size_t(y) * std::size_t(width) + std::size_t(x)) * 3];
    }
};
// Smoothed with a Gaussian of `sigma` pixels.
Lab labOf(const Image& picture, double sigma);

struct Segments {
    Plane<std::int32_t> labels;  // 0 .. count - 1
    std::int32_t count = 0;
};
// Felzenszwalb and Huttenlocher 2004, with edges between eight neighbours: two pieces join where the edge between them
// is no heavier than what holds each together plus `k` / its size; pieces below `smallest` pixels join their nearest.
Segments segmentsOf(const Lab& picture, double k, int smallest);

// A join of two pieces. Pieces are 0 .. count - 1; join i makes piece count + i.
struct Join {
    std::int32_t first, second;
};
// Hierarchical grouping of selective search (Uijlings et al. 2013, section 3): the likest neighbours join, by colour
// (25 bins a channel), texture (gradients in 8 directions, 10 bins each), size and fill, until one is left. count - 1
// joins where all hang together.
std::vector<Join> joined(const Lab& picture, const Segments& segments, const std::stop_token& stop);

}  // namespace maskwright::proposals
