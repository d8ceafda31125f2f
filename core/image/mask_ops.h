// What a person does to a mask as a whole. All but inverted() look only at where the mask is, with a margin: small
// masks of large pictures are quick; 24 megapixels of mask take some tenths of a second (mask_ops_test prints how
// long). Inside is what is not 0; the answers hold 0 and 255. Pure; any thread.
#pragma once

#include <cstdint>

#include "core/image/image.h"

namespace maskwright {

// What is outside, touches no border of the picture and is closed in by the mask (corners close it in too) becomes
// inside where it has at most `most` pixels; 0: whatever its size.
Mask holesFilled(const Mask& mask, std::int64_t most = 0);
// Of the parts that hang together (over corners too) only the largest; the first of equals from the top.
Mask largestPart(const Mask& mask);
// Without the parts of fewer than `least` pixels.
Mask specksDropped(const Mask& mask, std::int64_t least);
// With all pixels whose centre lies no further than `pixels` from that of one inside.
Mask grown(const Mask& mask, double pixels);
// Without all pixels whose centre lies no further than `pixels` from that of one outside. Beyond the picture's border
// nothing is outside: an object that is cut by it stays whole there.
Mask shrunk(const Mask& mask, double pixels);
Mask inverted(const Mask& mask);
// Where more than half of what is round a pixel is inside, by a Gaussian of sigma `pixels`: teeth, notches and hairs
// that are thinner go.
Mask smoothed(const Mask& mask, double pixels);

}  // namespace maskwright
