// Data parallelism on one machine: a batch is cut in as many parts as there are threads, each computed by one thread
// with no threads below it. Fine-grained OpenMP loops lose most of their time in barriers when cores are shared with
// other programs; this has one barrier a step.
#pragma once

#include <functional>
#include <vector>

#include "core/nn/params.h"

namespace maskwright::train {

class Shards {
  public:
    // `model` must outlive this. Tensors of it that require gradients do so in every shard; all share the storage.
    Shards(const nn::TensorMap& model, std::size_t count);

    [[nodiscard]] std::size_t count() const { return parts_.size(); }
    // Calls work(i, tensors of shard i) for every i at the same time, each in a thread of its own that LibTorch runs
    // single-threaded (with one shard: in the calling thread, as it is). Rethrows the first exception.
    void run(const std::function<void(std::size_t, const nn::TensorMap&)>& work) const;
    // Moves the sum of the shards' gradients, in order, to `model`.
    void gather(nn::TensorMap& model);

  private:
    std::vector<nn::TensorMap> parts_;
};

}  // namespace maskwright::train
