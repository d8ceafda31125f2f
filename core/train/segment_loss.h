// What the stage segment makes better: masks, presence, joint space. Tensors of the model's device; all but
// tallyMasks() can be differentiated.
#pragma once

#include "core/train/loop.h"
#include "core/train/segment_batch.h"

namespace maskwright::train {

// Which pixels of `part` the loss takes: [N, h, w] of 0 and 1, or undefined where it takes all. Left out is where more
// of a thing was boxed than drawn, and, where a detector drew the labels, what it left undrawn although `evidence`
// [N, h4, w4] of the trunk for it is above `doubt` (0: never; evidence may be undefined).
at::Tensor pixelWeight(const SegmentPart& part, const at::Tensor& logits, const at::Tensor& evidence, double doubt);

// `mask` times BCE, and, for present phrases, `dice` times soft Dice. logits: [N, h, w].
at::Tensor maskLoss(const SegmentPart& part, const at::Tensor& logits, const at::Tensor& weight, double mask,
                    double dice);

// BCE of presence [N]; of phrases that a detector may have missed only where the trunk has little evidence for them.
at::Tensor presenceLoss(const SegmentPart& part, const at::Tensor& presence, const at::Tensor& evidence, double doubt);

// Picture features [B, cells, P] against all names [K, P]: softmax with a background of constant cosine.
at::Tensor denseLoss(const SegmentPart& part, const SegmentPart::Dense& targets, const at::Tensor& features,
                     const at::Tensor& names, const at::Tensor& scale);

// Support pictures [M, P] against the names: cross entropy of those whose name is a column; undefined where none is.
at::Tensor contrastLoss(const SegmentPart& part, const at::Tensor& support, const at::Tensor& names,
                        const at::Tensor& scale);

// Masks at probability 0.5, the truth where half of a cell is in it.
void tallyMasks(const SegmentPart& part, const at::Tensor& logits, Tally& tally);

}  // namespace maskwright::train
