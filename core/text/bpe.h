// The merging half of byte-level BPE: one word's bytes to ids. Knows nothing of files, Unicode or special tokens.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace maskwright::text {

// The printable character that stands for `byte` in vocabulary files (GPT-2's byte table), as UTF-8.
std::string byteSymbol(std::uint8_t byte);

class Bpe {
  public:
    struct Merge {
        std::int32_t left, right;  // ids that stand side by side
        std::int32_t result;       // the id of the two together
        std::int32_t rank;         // the lowest goes first
    };

    // `inner` and `last`: the id of each byte inside a word and at its end. Of two merges of one pair the later counts,
    // as in Hugging Face's library.
    Bpe(const std::array<std::int32_t, 256>& inner, const std::array<std::int32_t, 256>& last,
        std::vector<Merge> merges);

    // Appends the ids of `word`. O(n log n).
    void encodeWord(std::string_view word, std::vector<std::int64_t>& ids) const;

  private:
    [[nodiscard]] const Merge* find(std::int32_t left, std::int32_t right) const;
    std::array<std::int32_t, 256> inner_, last_;
    std::vector<Merge> merges_;  // sorted by pair; a hash table could be driven to quadratic time by a hostile file
};

}  // namespace maskwright::text
