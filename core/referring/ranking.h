// Which of a picture's regions an expression means: their scores, what it says of place and size, and the order that
// follows. Cheap, as scoring.h: a slider's way asks for it again with the same features. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/referring/prior.h"
#include "core/referring/scoring.h"

namespace maskwright::referring {

// A region's place in its picture.
struct Place {
    Box box;                // in pixels
    std::int64_t area = 0;  // of its mask
};

struct Ranking {
    std::vector<float> scores;       // [N], as scores() has them
    Parts parts;                     // [N] each
    std::vector<double> prior;       // [N], 0..1; empty where there are no wishes
    std::vector<std::size_t> order;  // the best first
};

// `places`: as many as `compared` has regions. Without wishes the order is that of the scores, as published. With them
// a region's worth is its score's share of the best (see the .cpp) times its prior, for which a region is what the noun
// phrase names as far as its likeness to that goes. What is equal keeps its order.
Ranking rank(const Compared& compared, const Mixture& mixture, std::span<const Wish> wishes,
             std::span<const Place> places);

}  // namespace maskwright::referring
