// The markers and other added tokens of a folder with CLIP's tokenizer. Private to core/text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/text/clip_bpe.h"
#include "core/text/clip_vocabulary.h"

namespace maskwright::text {

// The files of a folder that may speak of added tokens; null where there is none.
struct TokenizerSettings {
    Json tokenizer;  // tokenizer.json
    Json config;     // tokenizer_config.json
    Json map;        // special_tokens_map.json
    Json added;      // added_tokens.json
};

struct SpecialTokens {
    std::int64_t begin = 0, end = 0;
    std::int64_t unknown = 0;  // for bytes that the vocabulary lacks
    std::vector<AddedToken> added;
};

// Which file decides follows transformers 5: added_tokens_decoder of tokenizer_config.json stands alone where it is;
// otherwise the lists of added_tokens.json and tokenizer.json count, and the markers' own entries in
// special_tokens_map.json go before those of tokenizer_config.json. Tokens that the vocabulary lacks grow it. `file`,
// the vocabulary's, opens messages. Errors: ErrorKind::weights, such as a marker that the vocabulary does not have.
Result<SpecialTokens> readSpecialTokens(const TokenizerSettings& settings, const std::string& file,
                                        Vocabulary& vocabulary);

}  // namespace maskwright::text
