// What an expression says of the place and size of the thing, read off the proposals' geometry: "the second giraffe
// from the right". CLIP hardly tells left from right; the published method (Yu, Seo, Son, CVPR 2023) has nothing of the
// kind, so parity is without it. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/message.h"
#include "core/image/image.h"

namespace maskwright::referring {

enum class Order {
    left,  // left first
    right,
    top,
    bottom,
    near,  // nearest to the camera first: what stands lowest
    far,
    biggest,  // by area
    smallest,
    tallest,  // by the box's height
    shortest,
    middle  // nearest to the middle of the others first, across
};

struct Wish {
    Order order = Order::left;
    int number = 0;  // n: the n-th of that order, from 1; 0: the nearer to its beginning the better
    bool operator==(const Wish&) const = default;
};

// What `expression` asks for, English, in the order of its words; none: nothing. A word that is said of something else
// ("left of the table", "left hand", "man behind the second car") is not read.
std::vector<Wish> wishesOf(std::string_view expression);

// The wishes for a person: "2nd from the right". Empty where there are none.
Message inWords(std::span<const Wish> wishes);

struct Candidate {
    Box box;                // in pixels
    std::int64_t area = 0;  // of its mask
    double sameness = 1;    // 0..1, how surely it is what the noun phrase names
};

// How well each candidate fits all wishes, 0..1, the product of what each says; all 1 where there are no wishes. Only
// candidates with `sameness` of a half or more are compared; the others get 0. Those that cover each other by more than
// 0.6 of the smaller box count as one thing, so that a thing's parts are not counted; they fit as the thing does, or,
// `bySize`, a wish for the biggest only as far as their area is the thing's: a bowl in the biggest pot is not the biggest.
std::vector<double> prior(std::span<const Wish> wishes, std::span<const Candidate> candidates, bool bySize = false);

}  // namespace maskwright::referring
