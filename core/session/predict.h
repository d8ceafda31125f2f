// Prompts to probability maps: what the worker, the command line and the evaluation share. Torch-free.
#pragma once

#include "core/session/engine.h"

namespace maskwright::session {

struct Timing {
    double encode = 0, text = 0, decode = 0, refine = 0;  // milliseconds; 0 where a cache answered
};

struct Prediction {
    Heatmap map;  // probabilities at the resolution of the model's head; the negative prompt is taken away already
    float presence = 0;      // presence(map), see image/refine.h
    bool truncated = false;  // a text of the prompt was cut
};

// One prediction a prompt, in order. Adds to timing.text and timing.decode where `timing` is given. `logits`, where
// given, gets the positive prompts' maps before the sigmoid: as the reference's heads give them, the pyramid head's at
// the input size.
Result<std::vector<Prediction>> predict(Engine& engine, const EncodedPicture& picture, std::span<const Prompt> prompts,
                                        Timing* timing = nullptr, std::vector<Logits>* logits = nullptr,
                                        std::stop_token stop = {});

}  // namespace maskwright::session
