// Which way of showing a marked object the encoder understands best: the CLIPSeg paper's Table 2 on one's own picture.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/session/clipseg_method.h"

namespace maskwright::session {

struct StyleScore {
    visual_prompt::Preset preset;
    double probability = 0;  // of the object's name among the candidates, 0..1
    double gain = 0;         // percentage points over the plain picture
    Message skipped;         // why the model cannot do this style; empty: it can
};

struct StyleComparison {
    double plain = 0;                // the name's probability for the picture as it is
    std::vector<StyleScore> styles;  // in the presets' order
};

// The names a style has to be told from where the picture's other objects are not named. Plain English nouns.
const std::vector<std::string>& everydayNames();

// The probability is CLIP's: softmax over the candidates (`name` and `rivals`, which may hold it too) of the cosine of
// picture and name times the model's logit scale. No rivals: everydayNames(). Errors: the method's, and those of a
// region that does not fit.
Result<StyleComparison> compareStyles(ClipSegMethod& clipseg, const std::shared_ptr<const Image>& image,
                                      const std::shared_ptr<const Mask>& region, const std::string& name,
                                      const std::vector<std::string>& rivals = {}, std::stop_token stop = {});

}  // namespace maskwright::session
