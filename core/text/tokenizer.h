// Text to token ids. Two vocabularies stand behind one interface: CLIP's byte-level BPE and SentencePiece.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace maskwright::text {

struct Tokens {
    std::vector<std::int64_t> ids;  // begin marker, pieces, end marker; no padding
    bool truncated = false;         // the text did not fit `limit`; the end marker is kept
};

class Tokenizer {
  public:
    virtual ~Tokenizer() = default;
    // `text` is UTF-8 (invalid bytes become U+FFFD). `limit` counts both markers; at least 2. Thread-safe. Throws
    // std::runtime_error where libsentencepiece fails, which no text is known to make it do.
    [[nodiscard]] virtual Tokens encode(std::string_view text, std::int64_t limit) const = 0;
    [[nodiscard]] virtual std::int64_t vocabularySize() const = 0;
};

// CLIP's byte-level BPE from `vocab.json` + `merges.txt`, or from `tokenizer.json` alone, in `folder`. Gives the ids of
// Hugging Face's CLIPTokenizer. Errors: ErrorKind::weights.
Result<std::unique_ptr<Tokenizer>> loadClipBpe(const std::string& folder);

// A SentencePiece model file; `begin` and `end` are the ids put around the pieces (the piece ids are the model's own).
// Errors: ErrorKind::weights for the file; resource where the module libmaskwright_sentencepiece.so is missing. It is
// looked for in MASKWRIGHT_SENTENCEPIECE (the file itself), beside the library or program that holds this code, beside
// the program, in ../lib/maskwright from there, and last in the build folder: a program of one's own that links core
// out of a build finds it without doing anything.
Result<std::unique_ptr<Tokenizer>> loadSentencePiece(const std::string& file, std::int64_t begin, std::int64_t end);

}  // namespace maskwright::text
