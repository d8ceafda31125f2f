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

// What a trunk with a detector and a classifier (vision::Spoken) adds to the decoder. Absent keys are off; each part
// asks for those before it.
struct Eyes {
    // "condition_length": conditions are brought to this length on their way in, so that it says nothing; 0: as they
    // are.
    double conditionLength = 0;
    // "joint_layers": blocks whose maps make the joint space, a feature of P numbers at every position of the grid (the
    // decoder's deepest activation, before extract_layers); "joint_fine_layers": those that refine it at half the
    // stride.
    std::vector<std::int64_t> jointLayers, jointFineLayers;
    std::int64_t jointFineChannels = 128;  // "joint_fine_channels": inside the refinement
    // "is_a_mlp": inside of the head that says which of the trunk's own names and classes a condition means; 0: none.
    std::int64_t isAMlp = 0;
    // "names": the joint vectors of so many names that the model keeps, the detector's first; 0: none. Competitors of a
    // condition, and what a marked object is expressed in.
    std::int64_t names = 0;
    bool spokenMaps = false;  // "spoken_maps": six maps (clipseg/spoken.h) for the decoder, its logits and presence
    // "pyramid_maps": every level of the pyramid head reads them too, at its own resolution; absent: as spoken_maps.
    bool pyramidMaps = false;
    // "presence_mlp": inside of the head that says before the first block whether what the trunk has a name for is in
    // the picture at all (clipseg/presence.h), beside presence_head; 0: none.
    std::int64_t presenceMlp = 0;
    // "presence_temperature": what the presence's logit is divided by, so that of masks shown at 80 % eight in ten are
    // of something that is there (Guo et al. 2017, temperature scaling). `evaluate` says it.
    double presenceTemperature = 1;

    [[nodiscard]] bool jointSpace() const { return !jointLayers.empty(); }
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
    // "pyramid_channels": head width at each level. A level is one layer, or all neighbours of one stride where there
    // are fewer widths than layers.
    std::vector<std::int64_t> pyramidChannels;
    bool presenceHead = false;  // "presence_head": one number a condition says whether it is in the picture at all
    std::optional<MaskShape> maskShape;
    Eyes eyes;

    std::int64_t inputSize = 352;  // pixels, square; a preprocessor file goes before it
    bool keepAspect = false;       // "keep_aspect": inputSize is the longer side of the picture in its own shape
    // "known_words": words.txt beside it lists the words that the model has learned; what has none is not looked for.
    bool knownWords = false;
    double defaultThreshold = 0.5;  // "default_threshold": what --threshold auto means
    std::string name;               // "maskwright_name" or the folder's name
};

Result<Config> readConfig(const Json& json, const std::string& where);
Json toJson(const Config& config);
// The indices into pyramid_layers that make each level of the pyramid head.
std::vector<std::vector<std::size_t>> pyramidLevels(const Config& config);
// Every tensor of the model, "clip." and "decoder."; and the decoder's alone.
nn::Parameters parameters(const Config& config);
nn::Parameters decoderParameters(const Config& config);

}  // namespace maskwright::clipseg
