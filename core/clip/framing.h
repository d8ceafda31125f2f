// A picture's way into the vision tower, and the way of a map of what the tower saw back to the whole picture.
#pragma once

#include <cstdint>

#include "core/clip/preprocessing.h"
#include "core/image/image.h"

namespace maskwright::clip {

struct Framing {
    int width = 0, height = 0;  // of the resized picture
    // What of it the tower gets. Reaches past the edges where the resized picture is smaller; black there.
    Box seen;

    [[nodiscard]] bool whole() const { return seen == Box{0, 0, width, height}; }
};

// A picture of width x height (1 and more) for an input of `side` pixels: as the preprocessing says, in the proportion
// of `side` to its own side; the whole picture where it crops nothing.
Framing frame(const Preprocessing& preprocessing, int width, int height, std::int64_t side);

// What of framing.seen the resized picture has.
Box seenWithin(const Framing& framing);

// The 8-bit picture that the tower gets, of the size of `framing.seen`.
Image framed(const Image& picture, const Framing& framing, ResizeFilter filter);

// A map of `framing.seen`, of any resolution, as a map of the whole picture: 0 where the tower saw nothing. At the
// resized picture's resolution, or a lower one where that has more than 16 million pixels. A map of the whole picture
// is handed back.
Heatmap wholeMap(Heatmap map, const Framing& framing);

}  // namespace maskwright::clip
