// Encoder features kept on disk, so that a photograph is encoded once for a whole run with a frozen encoder.
#pragma once

#include <string>

#include "core/clip/towers.h"
#include "core/data/dataset.h"
#include "core/train/segment_batch.h"

namespace maskwright::train {

class CachedFeatures {
  public:
    // Files lie in `work`/features/KEY; KEY is a digest of the vision tower of `model`, of what the decoder reads of
    // it, of the input's size and of the data's picture list, so that another base, size or data set finds nothing
    // stale.
    CachedFeatures(const Context& context, const data::DataSet& set, const nn::TensorMap& model);

    // `p` is the scope "clip". The vision tower's outputs for the whole, unchanged photographs of `part`: read, or
    // computed and left in float16. Throws TrainError for a file that cannot be written.
    [[nodiscard]] vision::Output read(const Context& context, const SegmentPart& part, const nn::Params& p) const;

  private:
    std::string folder_;  // empty: the run keeps no features
};

}  // namespace maskwright::train
