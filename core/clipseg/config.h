// CLIPSeg's decoder configuration, Hugging Face's field names, and Maskwright's three extensions.
#pragma once

#include "core/clip/config.h"

namespace maskwright::clipseg {

struct Config {
    clip::Config clip;
    std::vector<std::int64_t> extractLayers = {3, 6, 9};  // activations after these blocks, shallow to deep
    std::int64_t reduceDim = 64;                          // D
    std::int64_t conditionalLayer = 0;                    // decoder step at which FiLM is applied
    std::int64_t decoderHeads = 4, decoderMlp = 2048;
    bool complexTransposedConvolution = false;  // the "refined" head

    // Maskwright's extensions; official checkpoints have none of them.
    bool similarityMap = false;               // "similarity_map"
    std::vector<std::int64_t> pyramidLayers;  // "pyramid_layers": vision blocks, coarse to fine; empty: no pyramid head
    std::vector<std::int64_t> pyramidChannels;  // "pyramid_channels": head width at each of them
    bool presenceHead = false;  // "presence_head": one number a condition says whether it is in the picture at all

    std::int64_t inputSize = 352;   // "image_size" of preprocessor_config.json; pixels, square
    double defaultThreshold = 0.5;  // "default_threshold": what --threshold auto means
    std::string name;               // "maskwright_name" or the folder's name
};

Result<Config> readConfig(const Json& json, const std::string& where);
Json toJson(const Config& config);
// The square input side of a preprocessor_config.json ("size" as a number or {height, width}), or `fallback`.
Result<std::int64_t> readInputSize(const Json& json, const std::string& where, std::int64_t fallback);
// Every tensor of the model, "clip." and "decoder.".
clip::Shapes tensorShapes(const Config& config);

}  // namespace maskwright::clipseg
