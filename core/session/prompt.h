// What to look for, as values: a phrase, marked objects, what is not meant. Immutable once handed over; any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/image/image.h"
#include "core/visual_prompt/style.h"

namespace maskwright::session {

// A marked object in some picture, shown to the encoder the way `style` says.
struct SupportRegion {
    std::shared_ptr<const Image> image;
    std::shared_ptr<const Mask> region;  // of the image's size
    visual_prompt::Style style;
    double weight = 1;  // among the regions of one prompt, 0 or more
};

// x = mix * image + (1 - mix) * text on raw embeddings (CLIPSeg, section 3, image-text interpolation). With no phrase
// mix counts as 1, with no region as 0. `negative` takes its map away from this one's: probability = clamp(p -
// negativeWeight * pNegative); or, with `compete`, has the pixels where it is the stronger: probability = p where p >
// negativeWeight * pNegative, else 0 (the winner of the argmax of CLIPSegMultiLabel, timojl/clipseg models/clipseg.py).
struct Prompt {
    std::string phrase;  // as the encoder reads it: templates are the caller's
    // What a phrase says of place ("on the left") chooses among what the rest of it finds, where the model has a list
    // of its words; false: all of that is found.
    bool place = true;
    std::vector<SupportRegion> regions;
    double mix = 0.5;  // 0..1
    std::string negativePhrase;
    std::vector<SupportRegion> negativeRegions;
    double negativeWeight = 1;  // 0..100
    bool compete = false;
};

}  // namespace maskwright::session
