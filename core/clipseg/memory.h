// How much memory a picture takes on its way through a model, from its configuration alone.
#pragma once

#include <cstdint>

#include "core/clipseg/config.h"

namespace maskwright::clipseg {

// Conditions that are best decoded together for a grid of `tokens` positions: wide enough to be fast, and the memory
// does not grow with the number of phrases.
std::int64_t conditionsAtOnce(std::int64_t tokens);
// Of those, how many go through the decoder as one batch where there is one for each thread: what a block makes of a
// few stays near the core. Of 784 tokens two take 27 ms each, ten 53 (AMD EPYC).
std::int64_t conditionsTogether(std::int64_t tokens);

// Bytes that live at once, beside the weights, while a picture of width x height pixels is encoded in float32 and
// conditionsAtOnce() masks of that size are decoded from it: the larger of the two. An estimate.
double bytesAlive(const Config& config, std::int64_t width, std::int64_t height);

// The same for a picture that is only pooled (a support picture).
double bytesAlivePooled(const Config& config, std::int64_t width, std::int64_t height);

}  // namespace maskwright::clipseg
