// What a CLIP-like pair of towers is made of; every number comes from the model folder's config.json.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace maskwright::clip {

// CLIP's causal text transformer. Defaults: Hugging Face's CLIPSegTextConfig (facts.md section 2).
struct TextConfig {
    std::int64_t hiddenSize = 512, heads = 8, mlp = 2048, layers = 12, vocabulary = 49408, positions = 77;
    double eps = 1e-5;
    std::string activation = "quick_gelu";
    std::int64_t bos = 49406, eos = 49407;
    std::string tokenizer = "clip_bpe";  // or "sentencepiece" (tokenizer.model in the folder)
};

// One stage of EfficientNet-Lite: `repeats` inverted bottlenecks, the first with `stride`.
struct Stage {
    std::int64_t expand, kernel, stride, channels, repeats;
};
// One inverted bottleneck, as it runs at the wanted output stride.
struct Block {
    std::int64_t expand, kernel, stride, dilation, in, out;
};

struct VisionConfig {
    std::string modelType = "clip_vit";  // or "efficientnet_lite"
    // ViT. Defaults: CLIPSegVisionConfig with the conversion's patch 16.
    std::int64_t hiddenSize = 768, heads = 12, mlp = 3072, layers = 12, patch = 16, imageSize = 224, channels = 3;
    double eps = 1e-5;
    std::string activation = "quick_gelu";
    // EfficientNet-Lite: stem 3x3/2, stages, head 1x1 to hiddenSize. Defaults are Lite2's (shared/data/README).
    std::int64_t stemChannels = 32, outputStride = 16;
    // "pooled_size": a picture that is only pooled (a support picture) is looked at no larger than this; pixels, 0: as
    // it is. The mean over a larger picture is of parts, no longer of the object.
    std::int64_t pooledSize = 0;
    // "pooled_names": the mean goes through a perceptron "pooled_mlp" wide and leaves as a mixture of so many names'
    // embeddings, by a softmax of its cosines with them times "pooled_scale"; 0: the mean itself. A support picture
    // then lies where phrases lie, which is where the decoder has learned to be asked from (text memory: Li et al.
    // 2023, DeCap).
    std::int64_t pooledNames = 0, pooledMlp = 1024;
    double pooledScale = 30;
    std::vector<Stage> stages = {{1, 3, 1, 16, 1},  {6, 3, 2, 24, 3},  {6, 5, 2, 48, 3}, {6, 3, 2, 88, 4},
                                 {6, 5, 1, 120, 4}, {6, 5, 2, 208, 5}, {6, 3, 1, 352, 1}};
    [[nodiscard]] bool isVit() const { return modelType == "clip_vit"; }
    // EfficientNet-Lite's blocks: where the stride would pass outputStride it becomes 1 and later depthwise kernels
    // dilate.
    [[nodiscard]] std::vector<Block> blocks() const;
    // The number of blocks that taps can follow, and the channels after block i.
    [[nodiscard]] std::int64_t blockCount() const;
    [[nodiscard]] std::int64_t channelsAfter(std::int64_t block) const;
    // Pixels a grid cell covers: pictures must be multiples of it.
    [[nodiscard]] std::int64_t cell() const { return isVit() ? patch : outputStride; }
};

struct Config {
    TextConfig text;
    VisionConfig vision;
    std::int64_t projection = 512;
    double logitScaleInit = 2.6592;
};

// Reads text_config, vision_config, projection_dim. Errors: ErrorKind::weights, naming the member.
Result<Config> readConfig(const Json& json, const std::string& where);
// The inverse, for writing model folders.
Json toJson(const Config& config);

using Shapes = std::map<std::string, std::vector<std::int64_t>>;
// Adds one transformer block's tensors (self_attn, two norms, mlp), the same in both towers and in CLIPSeg's decoder.
void addTransformerBlock(Shapes& shapes, const std::string& name, std::int64_t width, std::int64_t hidden);
// Name and shape of every tensor, under "clip.".
Shapes tensorShapes(const Config& config);

}  // namespace maskwright::clip
