// From the original repository's files to a model folder: its decoder (.pth) and a CLIP folder become config.json,
// model.safetensors, the vocabulary and preprocessor_config.json in the Hugging Face CLIPSeg layout.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/progress.h"
#include "core/base/result.h"

namespace maskwright::weights {

// What the tensors do not say.
struct ConvertOptions {
    // 0-based blocks whose outputs the decoder reads, ascending, one for each of its `reduces`. Left out: [3, 6, 9],
    // the released weights' (the paper's text says 3, 7, 9), which needs a decoder of three.
    std::optional<std::vector<std::int64_t>> extractLayers;
    std::int64_t decoderHeads = 4;      // the original's n_heads
    std::int64_t conditionalLayer = 0;  // the original's cond_layer
};

struct ConvertedModel {
    std::int64_t reduceDim = 0;
    std::int64_t decoderMlp = 0;
    std::vector<std::int64_t> extractLayers;
    bool refined = false;  // the head of three convolutions
    std::int64_t parameters = 0;
};

// preprocessor_config.json as CLIPSeg's is published (there with a side of 352): a square input of `side` pixels, PIL's
// bilinear (2), ImageNet's mean and deviation.
Json preprocessorConfig(std::int64_t side);

// Refuses a file of torch.save that is no such decoder, before anybody is asked for its CLIP. Errors:
// ErrorKind::weights.
Result<void> checkDecoder(const std::string& decoder);

// `decoder`: the .pth file; its unused `reduce` layer and a copy of CLIP under `clip_model.` are left out.
// `clipFolder`: config.json, model.safetensors and vocabulary of a Hugging Face CLIP (such as
// openai/clip-vit-base-patch16) or of a CLIPSeg, of which only CLIP is taken. `outFolder`: made by this call, or empty;
// appears whole at the end or not at all. Tensors keep the type they have. Errors: ErrorKind::weights for the sources,
// output for the target, cancelled on `stop`.
Result<ConvertedModel> convertOriginalDecoder(const std::string& decoder, const std::string& clipFolder,
                                              const std::string& outFolder, const ConvertOptions& options = {},
                                              const ProgressSink& progress = {}, const std::stop_token& stop = {});

}  // namespace maskwright::weights
