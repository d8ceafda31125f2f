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
    Box box;                  // in pixels
    std::int64_t area = 0;    // of its mask
    double objectness = 1.0;  // how surely it is one thing, 0 or more; beside the others' of its picture
};

// Of the surest one's sureness: a region that is as sure is one of the things whose place and size are compared (chosen
// with the weights in the .cpp).
inline constexpr double kAlike = 0.3;

struct Ranking {
    std::vector<float> scores;  // [N], as scores() has them
    Parts parts;                // [N] each
    // [N], 0..1, empty where there are no wishes: how surely each is one of the things that the noun phrase names,
    // beside the surest, and how well it fits the wishes.
    std::vector<double> sure, prior;
    std::vector<double> worth;       // [N], 0..1: what the order is by, beside the best; 0 for the least score's alone
    std::vector<std::size_t> order;  // the best first
};

// `places`: as many as `compared` has regions. Without wishes the order is that of the scores, as published. With them
// a region's worth is its score's share of the best times how surely it is one of the things that the noun phrase names
// times its prior (weighed in the .cpp). Of those things place and size are compared; a region is one of them if its
// sureness, objectness times `compared.named` or its likeness to the noun phrase, comes near enough to the surest
// one's. What is equal keeps its order.
Ranking rank(const Compared& compared, const Mixture& mixture, std::span<const Wish> wishes,
             std::span<const Place> places);

}  // namespace maskwright::referring
