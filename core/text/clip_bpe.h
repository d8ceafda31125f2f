// CLIP's tokenizer once its files are read. Private to core/text: programs use tokenizer.h.
//
// The order of the steps is that of Hugging Face's CLIPTokenizer: tokens that are matched in the text as it came; NFC,
// one space for every run of white space, lower case; tokens that are matched in what this gives; words by CLIP's
// pattern; BPE.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/bpe.h"
#include "core/text/tokenizer.h"

namespace maskwright::text {

// A token that is found in the text as a whole and never split, such as the two markers.
struct AddedToken {
    std::u32string content;
    std::int64_t id = 0;
    bool normalized = false;  // looked for in the normalised text (and normalised itself), not in the text as it came
    bool singleWord = false;  // only where no word character touches it
};

// CLIP's normalisation, without the tokens.
std::u32string normalizeForClip(std::u32string_view text);

class ClipBpe : public Tokenizer {
  public:
    // Of several added tokens that begin at one place the longest wins.
    ClipBpe(Bpe bpe, std::vector<AddedToken> added, std::int64_t begin, std::int64_t end, std::int64_t vocabularySize);

    [[nodiscard]] Tokens encode(std::string_view text, std::int64_t limit) const override;
    [[nodiscard]] std::int64_t vocabularySize() const override { return size_; }

  private:
    struct Output;
    void encodeRaw(std::u32string_view text, Output& out) const;
    void encodeNormalized(std::u32string_view text, Output& out) const;
    void encodeWords(std::u32string_view text, Output& out) const;

    Bpe bpe_;
    std::vector<AddedToken> raw_, normalized_;  // longest first
    std::int64_t begin_, end_, size_;
};

}  // namespace maskwright::text
