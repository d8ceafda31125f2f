// CLIPSeg's decoder configuration, Hugging Face's field names, and Maskwright's extensions.
#pragma once

#include <optional>

#include "core/clip/config.h"

namespace maskwright::clipseg {

// "mask_shape": how a condition's map is stretched before it leaves the decoder, so that one threshold fits sure and
// unsure finds. The map is cut where the object's shape is best at `share` * min(peak, cap) + offset (logits, before
// the presence head); that level moves to `anchor`, the peak stays where it is, and a map whose peak is under the
// anchor stays under it. Constants of a model, found on its validation pictures (models/mini/README.md).
struct MaskShape {
    double share = 0.5, cap = 3, offset = -2, anchor = -2;
};

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
    std::optional<MaskShape> maskShape;

    std::int64_t inputSize = 352;   // pixels, square; a preprocessor file goes before it
    double defaultThreshold = 0.5;  // "default_threshold": what --threshold auto means
    std::string name;               // "maskwright_name" or the folder's name
};

Result<Config> readConfig(const Json& json, const std::string& where);
Json toJson(const Config& config);
// Every tensor of the model, "clip." and "decoder."; and the decoder's alone.
nn::Parameters parameters(const Config& config);
nn::Parameters decoderParameters(const Config& config);

}  // namespace maskwright::clipseg
