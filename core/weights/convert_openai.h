// From OpenAI's own CLIP files (ViT-B-32.pt, RN50.pt) to a model folder. They are TorchScript archives; their tensors
// are read and none of their code.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/result.h"

namespace maskwright::weights {

// Whether the file holds a whole CLIP under OpenAI's names. Errors: those of TorchFile::open().
Result<bool> holdsOpenAiClip(const std::string& file);

struct ConvertedClip {
    bool resnet = false;                                               // else a vision transformer
    std::int64_t width = 0, patch = 0, imageSize = 0, projection = 0;  // patch: 0 of a ResNet
    std::vector<std::int64_t> layers;                                  // blocks, or bottlenecks of each stage
    std::int64_t parameters = 0;
};

// A vision transformer becomes a folder in the layout of transformers' CLIPModel, a modified ResNet one in open_clip's.
// Tensors keep the type they have. `vocabularyFolder`: where vocab.json and merges.txt, or tokenizer.json, are copied
// from; OpenAI's files have none. Heads are 64 wide, as all of OpenAI's are. `outFolder`: made by this call, or empty;
// appears whole at the end or not at all. Errors: ErrorKind::weights for the sources, output for the target, cancelled
// on `stop`.
Result<ConvertedClip> convertOpenAiClip(const std::string& file, const std::string& vocabularyFolder,
                                        const std::string& outFolder, const ProgressSink& progress = {},
                                        const std::stop_token& stop = {});

}  // namespace maskwright::weights
