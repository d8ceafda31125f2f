// The vocabulary and the merges of CLIP's tokenizer, read and checked. Private to core/text.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/text/bpe.h"

namespace maskwright::text {

inline constexpr std::int64_t kHighestTokenId = (1 << 24) - 1;  // 300 times CLIP's vocabulary

// The error of a tokenizer file: ErrorKind::weights.
Error badTokenizerFile(const std::string& file, Message problem);

// Token to id. `file` opens every message.
class Vocabulary {
  public:
    // At least one token, ids from 0 to kHighestTokenId, none twice. `object` must outlive the vocabulary.
    static Result<Vocabulary> read(const Json& object, const std::string& file);

    [[nodiscard]] std::optional<std::int64_t> id(const std::string& token) const;
    // One past the highest id.
    [[nodiscard]] std::int64_t size() const { return size_; }
    // Refuses `merges`, read from `mergesFile`, that do not make the vocabulary: every token of more than one character
    // ("</w>" not counted) comes from a merge, is known otherwise (`added`, ids) or looks like a marker ("<...>",
    // "[...]"). Others mean that merges were lost, which would split words in another way and say nothing.
    [[nodiscard]] Result<void> checkMade(const std::vector<Bpe::Merge>& merges, const std::set<std::int64_t>& added,
                                         const std::string& mergesFile) const;
    // Room for a token that is not among the object's: its id.
    std::int64_t grow() { return size_++; }

  private:
    Vocabulary() = default;
    const Json* tokens_ = nullptr;
    std::int64_t size_ = 0;
};

// merges.txt: a line for each merge, two tokens and one space; a line that begins with "#version" is skipped.
Result<std::vector<Bpe::Merge>> readMergesText(const std::string& file, const Vocabulary& vocabulary);
// model.merges of tokenizer.json: "a b" or ["a", "b"].
Result<std::vector<Bpe::Merge>> readMergesJson(const Json& list, const std::string& file, const Vocabulary& vocabulary);

}  // namespace maskwright::text
