// The tokenizer of a model folder: CLIP's BPE or SentencePiece, as the configuration says.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/clip/config.h"
#include "core/text/tokenizer.h"

namespace maskwright::clip {

// Errors (ErrorKind::weights): files that are missing or broken, and a vocabulary that is not that of the embeddings.
Result<std::unique_ptr<text::Tokenizer>> loadTokenizer(const std::string& folder, const TextConfig& config);

}  // namespace maskwright::clip
