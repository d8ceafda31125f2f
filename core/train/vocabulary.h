// The names a run asks for: for every category the ways a person might call it, as features of the frozen text tower.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/nn/params.h"
#include "core/train/phrases.h"
#include "core/train/stages.h"

namespace maskwright::train {

// Neither category covers the other, nor do they share a name.
bool unrelated(const data::DataSet& set, std::size_t a, std::size_t b);

class Vocabulary {
  public:
    // Runs the text tower once over all ways of calling every category: names, synonyms, plurals, articles, templates,
    // and the other languages of `table` (may be null).
    Vocabulary(const Context& context, const data::DataSet& set, const nn::TensorMap& model, const PhraseTable* table);

    // A row of features(): the plain name, or one of the ways.
    [[nodiscard]] std::int64_t nameRow(std::size_t category) const { return rows_[category].front(); }
    [[nodiscard]] std::int64_t drawRow(std::size_t category, Random& random) const;
    // One of the made-up words; only where the run asks for them.
    [[nodiscard]] std::int64_t drawMadeUp(Random& random) const { return random.pick(madeUp_); }
    // [rows, hidden]: what text_projection is applied to.
    [[nodiscard]] const at::Tensor& features() const { return features_; }
    [[nodiscard]] const std::string& phrase(std::int64_t row) const { return phrases_[static_cast<std::size_t>(row)]; }
    // Closed categories nearest to `category` by the text features of their names (cosine), nearest first.
    [[nodiscard]] const std::vector<std::size_t>& near(std::size_t category) const { return near_[category]; }
    [[nodiscard]] bool unrelated(std::size_t a, std::size_t b) const { return train::unrelated(set_, a, b); }

  private:
    const data::DataSet& set_;
    std::vector<std::string> phrases_;
    std::vector<std::vector<std::int64_t>> rows_;  // by category
    std::vector<std::int64_t> madeUp_;             // rows
    std::vector<std::vector<std::size_t>> near_;   // by category
    at::Tensor features_;
};

// The hidden feature of phrases before text_projection: [N, hidden].
at::Tensor textFeatures(const Context& context, const nn::TensorMap& model, const text::Tokenizer& tokenizer,
                        const std::vector<std::string>& phrases);

}  // namespace maskwright::train
