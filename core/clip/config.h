// What a CLIP-like pair of towers is made of; every number comes from the model folder's config.json.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/nn/parameter.h"
#include "core/vision/trunk.h"

namespace maskwright::clip {

// CLIP's causal text transformer. Defaults: Hugging Face's CLIPSegTextConfig.
struct TextConfig {
    std::int64_t hiddenSize = 512, heads = 8, mlp = 2048, layers = 12, vocabulary = 49408, positions = 77;
    double eps = 1e-5;
    std::string activation = "quick_gelu";
    std::int64_t bos = 49406, eos = 49407;
    std::string tokenizer = "clip_bpe";  // or "sentencepiece" (tokenizer.model in the folder)
};

// "pooled_names" of a trunk with maps: the mean feature of a picture goes through a perceptron "pooled_mlp" wide and
// leaves as a mixture of so many names' embeddings, by a softmax of its cosines with them times "pooled_scale"; 0: the
// mean itself. A support picture then lies where phrases lie, which is where the decoder has learned to be asked from
// (text memory: Li et al. 2023, DeCap).
struct PooledHead {
    std::int64_t names = 0, mlp = 1024;
    double scale = 30;
};

struct Config {
    TextConfig text;
    vision::Trunk vision;
    PooledHead pooledHead;
    std::int64_t projection = 512;
    double logitScaleInit = 2.6592;
};

// Reads text_config, vision_config, projection_dim. Errors: ErrorKind::weights, naming the member.
Result<Config> readConfig(const Json& json, const std::string& where);
// The inverse, for writing model folders.
Json toJson(const Config& config);

// Every tensor, under "clip.".
nn::Parameters parameters(const Config& config);
// Those of the pooled head alone, whether or not `config` has one yet.
nn::Parameters pooledHeadParameters(const PooledHead& head, std::int64_t projection);

}  // namespace maskwright::clip
