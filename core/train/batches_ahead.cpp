#include "core/train/batches_ahead.h"

#include <ATen/Parallel.h>

namespace maskwright::train {

BatchesAhead::BatchesAhead(Make make, std::int64_t first, std::size_t threads)
    : make_(std::move(make)), next_(first), taken_(first), most_(static_cast<std::int64_t>(2 * threads)) {
    for (std::size_t i = 0; i < threads; ++i) {
        threads_.emplace_back([this] { work(); });
    }
}

BatchesAhead::~BatchesAhead() {
    {
        const std::scoped_lock lock(mutex_);
        stops_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

SegmentPart BatchesAhead::take(std::int64_t step) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return made_.contains(step); });
    Made made = std::move(made_.extract(step).mapped());
    taken_ = step + 1;
    lock.unlock();
    changed_.notify_all();
    if (made.failure) {
        std::rethrow_exception(made.failure);
    }
    return std::move(made.part);
}

void BatchesAhead::work() {
    at::set_num_threads(1);
    for (;;) {
        std::int64_t step = 0;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return stops_ || next_ < taken_ + most_; });
            if (stops_) {
                return;
            }
            step = next_++;
        }
        Made made;
        try {
            made.part = make_(step);
        } catch (...) {
            made.failure = std::current_exception();
        }
        {
            const std::scoped_lock lock(mutex_);
            made_.emplace(step, std::move(made));
        }
        changed_.notify_all();
    }
}

}  // namespace maskwright::train
