// The protocol "one-shot": every name is asked by one marked object of a split, the same for all pictures, alone or
// mixed with the name (CLIPSeg, section 4.3).
#pragma once

#include <cstdint>

#include "core/eval/protocols/question.h"

namespace maskwright::eval {

struct OneShot {
    std::string folder, split;                  // of the examples: a data set in COCO's format
    std::string style;                          // how an example is shown, as visual_prompt::parseStyle has it
    double mix = 1;                             // x = mix * image + (1 - mix) * text
    std::uint64_t seed = 1;                     // of the draw
    std::string wording;                        // of the text
    bool strict = false, exifAsStored = false;  // how the data set is read (data::CocoOptions)
};

// A name that no object of the split stands for is left out. `set` is the measured data set; its categories are found
// again by id. Errors: the reader's; usage for a style, or no example at all.
Result<std::vector<Question>> oneShotQuestions(const std::vector<Name>& names, const data::DataSet& set,
                                               const OneShot& protocol);

}  // namespace maskwright::eval
