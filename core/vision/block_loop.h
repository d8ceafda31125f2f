// How many of its blocks a trunk runs, and what every trunk does between them.
#pragma once

#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "core/vision/output.h"

namespace maskwright::vision {

// How many of a trunk's blocks are to be run: up to the last whose output is wanted, all where the trunk's end is.
inline std::int64_t blocksNeeded(const Request& request, std::int64_t blocks) {
    std::int64_t count = request.pooled || request.dense ? blocks : 0;
    for (const auto* wanted : {&request.taps, &request.pyramid}) {
        for (const std::int64_t block : *wanted) {
            count = std::max(count, block + 1);
        }
    }
    return count;
}

// Nothing is recorded for a backward pass until enter() comes to the request's firstTrained.
class BlockLoop {
  public:
    explicit BlockLoop(const Request& request) : request_(request), before_(at::GradMode::is_enabled()) {
        at::GradMode::set_enabled(false);
    }
    ~BlockLoop() { at::GradMode::set_enabled(before_); }
    BlockLoop(const BlockLoop&) = delete;
    BlockLoop& operator=(const BlockLoop&) = delete;

    // Before a block, or before what follows them all. Throws Stopped.
    void enter(std::int64_t block) const {
        if (request_.stop.stop_requested()) {
            throw Stopped{};
        }
        if (block >= request_.firstTrained) {
            at::GradMode::set_enabled(before_);
        }
    }

    // Puts `value`, the output of `block`, where it was asked for.
    static void keep(const std::vector<std::int64_t>& wanted, std::int64_t block, const at::Tensor& value,
                     std::vector<at::Tensor>& out) {
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (wanted[i] == block) {
                out[i] = value;
            }
        }
    }

  private:
    const Request& request_;
    bool before_;
};

}  // namespace maskwright::vision
