// One batch of the segmentation stage: composed pictures, what is asked of each, and the targets.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

#include "core/train/compose.h"
#include "core/train/vocabulary.h"

namespace maskwright::train {

// The part of a batch one thread computes.
struct SegmentPart {
    at::Tensor pixels;                // [B, 3, S, S]
    std::vector<std::size_t> photos;  // [B] the photograph each was made from
    at::Tensor rows;                  // [N] rows of the vocabulary's features: the phrases decoded
    at::Tensor pictures;              // [N] which of the B
    at::Tensor targets;               // [N, S / 4, S / 4] in 0..1
    at::Tensor present;               // [N] bool
    // Support pictures: for phrase supportOf[i], mixed by supportShare[i].
    at::Tensor supportPixels, supportOf, supportShare;
    at::Tensor supportColumn;  // which column of denseRows says the same, or -1
    // Dense joint-space loss: columns are names; denseTarget sums to at most 1 in a cell (the rest is background).
    at::Tensor denseRows;    // [K]
    at::Tensor denseTarget;  // [B, K, cells]
    at::Tensor denseValid;   // [B, K] bool: the column takes part in that picture
    at::Tensor denseWeight;  // [B, cells]

    [[nodiscard]] SegmentPart to(at::Device device) const;
};

// Makes parts; any number of threads at once. What a part holds follows from the seed and its numbers alone. All that
// it is given must outlive it.
class SegmentBatches {
  public:
    SegmentBatches(const data::DataSet& set, const Composer& composer, const Vocabulary& vocabulary,
                   const Options& options);
    // Pictures firstItem .. firstItem + count - 1 of the batch of `step`.
    [[nodiscard]] SegmentPart part(std::int64_t step, std::int64_t firstItem, std::int64_t count) const;

  private:
    struct Asked;
    using Candidates = std::vector<std::pair<std::size_t, double>>;  // categories and their weights in the draw
    [[nodiscard]] Candidates candidates(const Composed& picture) const;
    void ask(const Composed& picture, std::int64_t index, Random& random, std::vector<Asked>& asked) const;
    [[nodiscard]] std::optional<std::size_t> drawAbsent(const std::vector<std::size_t>& there, Random& random) const;
    void addPhrases(const std::vector<Asked>& asked, SegmentPart& part) const;
    void addSupport(const std::vector<Asked>& asked, Random& random, SegmentPart& part) const;
    [[nodiscard]] std::vector<std::size_t> denseColumns(const std::vector<Composed>& pictures) const;
    void addDense(const std::vector<Composed>& pictures, Random& random, SegmentPart& part) const;
    [[nodiscard]] bool certain(const Composed& picture, std::size_t column) const;

    const data::DataSet& set_;
    const Composer& composer_;
    const Vocabulary& vocabulary_;
    const Options& options_;
    std::vector<char> closed_;  // by category
};

}  // namespace maskwright::train
