// CLIP under OpenAI's names, as open_clip writes it too: which tensor of transformers' CLIPModel is where. Source:
// openai/CLIP clip/model.py; transformers models/clip/convert_clip_original_pytorch_to_hf.py.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/weights/model_folder.h"

namespace maskwright::weights {

// Where a tensor comes from: rows `part` of `parts` equal ones, perhaps with its two sides exchanged.
struct OpenAiOrigin {
    std::string name;
    std::size_t part = 0, parts = 1;
    bool transposed = false;
};
// By transformers' name.
using OpenAiOrigins = std::map<std::string, OpenAiOrigin, std::less<>>;

// logit_scale, text_projection and what is under "text_model."; the same of the vision transformer, "vision_model." and
// visual_projection.
OpenAiOrigins openAiText(std::int64_t layers);
OpenAiOrigins openAiVit(std::int64_t layers);

// Names in OpenAI's files that are no weights: input_resolution, context_length, vocab_size, and batch norm's counters.
bool isOpenAiNote(std::string_view name);

// The shapes of one tower's tensors under OpenAI's names. `mlp`: width inside the blocks.
struct OpenAiTower {
    std::int64_t width = 0, layers = 0, mlp = 0;
};
ExpectedTensors openAiTextShapes(const OpenAiTower& text, std::int64_t vocabulary, std::int64_t positions,
                                 std::int64_t projection);
ExpectedTensors openAiVitShapes(const OpenAiTower& vision, std::int64_t patch, std::int64_t places,
                                std::int64_t projection);

// The modified ResNet's, batch norm and all: convolutions of half of `width`, half of it and `width`, then four stages.
struct OpenAiResNet {
    std::int64_t width = 0;
    std::vector<std::int64_t> layers;  // bottlenecks of each stage
    std::int64_t grid = 0;             // a side of the grid that its position table is for
};
ExpectedTensors openAiResNetShapes(const OpenAiResNet& resnet, std::int64_t projection);

}  // namespace maskwright::weights
