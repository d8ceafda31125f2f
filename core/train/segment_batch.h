// One batch of the segmentation stage: composed pictures, what is asked of each, and the targets.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/train/compose.h"
#include "core/train/vocabulary.h"

namespace maskwright::train {

// The part of a batch one shard computes.
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
};

SegmentPart makePart(const data::DataSet& set, const Composer& composer, const Vocabulary& vocabulary,
                     const Options& options, std::int64_t step, std::int64_t firstItem, std::int64_t count);

}  // namespace maskwright::train
