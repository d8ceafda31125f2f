// The vocabulary of a SentencePiece tokenizer, trained by the program maskwright-vocabulary (beside this one, or in
// MASKWRIGHT_VOCABULARY): LibTorch's protobuf and the one inside Debian's libsentencepiece must not be bound to each
// other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace maskwright::train {

// Writes the file `model` (tokenizer.model): a unigram model of `count` pieces with byte fallback, NFKC and lower case;
// 0 unknown, 1 begin, 2 end. `lines` go through a file beside it. Errors: ErrorKind::input when the lines do not hold
// that many pieces, resource when the program is not there.
Result<void> trainPieces(const std::vector<std::string>& lines, std::int64_t count, const std::string& model);

}  // namespace maskwright::train
