// Batches made by threads of their own, ahead of the steps that want them. What a batch holds follows from its step, so
// it is the same batch whoever makes it.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "core/train/segment_batch.h"

namespace maskwright::train {

class BatchesAhead {
  public:
    using Make = std::function<SegmentPart(std::int64_t step)>;
    // Starts `threads` of them with the step `first`; `make` is called by all at once and must outlive this.
    BatchesAhead(Make make, std::int64_t first, std::size_t threads);
    ~BatchesAhead();
    BatchesAhead(const BatchesAhead&) = delete;
    BatchesAhead& operator=(const BatchesAhead&) = delete;

    // The batch of `step`, the one after the last taken; waits for it. Rethrows what its making threw.
    SegmentPart take(std::int64_t step);

  private:
    struct Made {
        SegmentPart part;
        std::exception_ptr failure;
    };
    void work();

    const Make make_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::int64_t, Made> made_;
    std::int64_t next_, taken_;  // the step to make next; the first not taken yet
    std::int64_t most_;          // batches that may be ahead
    bool stops_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace maskwright::train
