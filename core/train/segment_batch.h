// One batch of the segmentation stage: composed pictures, what is asked of each, and the targets.
#pragma once

#include <ATen/core/Tensor.h>

#include <atomic>
#include <optional>

#include "core/train/compose.h"
#include "core/train/vocabulary.h"

namespace maskwright::train {

// The part of a batch one thread computes: B pictures of W x H pixels, N phrases.
struct SegmentPart {
    at::Tensor pixels;                // [B, 3, H, W]
    std::vector<std::size_t> photos;  // [B] the photograph each was made from
    at::Tensor rows;                  // [N] rows of the vocabulary's features: the phrases decoded
    at::Tensor pictures;              // [N] which of the B
    at::Tensor targets;               // [N, H / 4, W / 4] in 0..1
    at::Tensor present;               // [N] bool
    at::Tensor undrawn;               // [N, H / 4, W / 4] bool: more of it may be there; undefined: nowhere
    at::Tensor doubtful;              // [N] bool: a detector drew the labels, and may have missed some of it
    at::Tensor uncertain;             // [N] bool: and nobody said that it is not there
    // Support pictures: for phrase supportOf[i], mixed by supportShare[i].
    at::Tensor supportPixels, supportOf, supportShare;
    at::Tensor supportRegion;  // [M, side, side] in 0..1: the object in each
    at::Tensor supportColumn;  // which column of denseRows says the same, or -1
    // Dense joint-space loss: columns are names; targets sum to at most 1 in a cell (the rest is background).
    at::Tensor denseRows;      // [K]
    at::Tensor denseValid;     // [B, K] bool: the column takes part in that picture
    at::Tensor denseLabelled;  // [B, K] bool: it takes part only in cells that are labelled
    // On the grid of stride 16, and on that of stride 8 where the model has one.
    struct Dense {
        at::Tensor target;  // [B, K, cells]
        at::Tensor weight;  // [B, cells]
    };
    Dense coarse, fine;

    [[nodiscard]] SegmentPart to(at::Device device) const;
    // The same in memory that a GPU copies from without waiting.
    [[nodiscard]] SegmentPart pinned() const;

  private:
    template <class Change>
    [[nodiscard]] SegmentPart changed(const Change& change) const;
};

// Makes parts; any number of threads at once. What a part holds follows from the seed and its numbers alone. All that
// it is given must outlive it.
class SegmentBatches {
  public:
    // cell: what the sides of pictures are multiples of; fine: whether the dense loss has a grid of stride 8 too;
    // darkens: whether what is around an object in a support picture is darkened.
    SegmentBatches(const data::DataSet& set, const Composer& composer, const Vocabulary& vocabulary,
                   const Options& options, std::int64_t cell, bool fine, bool darkens);
    // How much of the training's time is over, where it goes by the clock: sizes follow it. Any thread.
    void setElapsed(double share) { elapsed_ = share; }
    // Pictures firstItem .. firstItem + count - 1 of the batch of `step`.
    [[nodiscard]] SegmentPart part(std::int64_t step, std::int64_t firstItem, std::int64_t count) const;

  private:
    struct Asked;
    using Candidates = std::vector<std::pair<std::size_t, double>>;  // categories and their weights in the draw
    [[nodiscard]] Shape shapeOf(std::int64_t step) const;
    [[nodiscard]] Candidates candidates(const Composed& picture) const;
    void ask(const Composed& picture, std::int64_t index, Random& random, std::vector<Asked>& asked) const;
    [[nodiscard]] std::optional<std::size_t> drawAbsent(const std::vector<std::size_t>& there, Random& random) const;
    void addPhrases(const std::vector<Asked>& asked, const Shape& shape, SegmentPart& part) const;
    void addSupport(const std::vector<Asked>& asked, Random& random, SegmentPart& part) const;
    [[nodiscard]] std::vector<std::size_t> denseColumns(const std::vector<Composed>& pictures, Random& random) const;
    void addDense(const std::vector<Composed>& pictures, Random& random, SegmentPart& part) const;
    [[nodiscard]] SegmentPart::Dense denseTargets(const std::vector<Composed>& pictures,
                                                  const std::vector<std::size_t>& columns, std::int64_t per) const;
    // Of no other kind in the picture, above or below one.
    [[nodiscard]] bool apart(const Composed& picture, std::size_t column) const;
    [[nodiscard]] bool certain(const Composed& picture, std::size_t column) const;

    const data::DataSet& set_;
    const Composer& composer_;
    const Vocabulary& vocabulary_;
    const Options& options_;
    const std::int64_t cell_;
    const bool fine_, darkens_;
    std::vector<char> closed_;            // by category
    std::vector<std::size_t> annotated_;  // categories that are
    std::atomic<double> elapsed_ = 0;
};

}  // namespace maskwright::train
