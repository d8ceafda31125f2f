#include "core/batch/lane.h"

#include <utility>

namespace maskwright::batch {

Lane::Lane() : thread_([this] { work(); }) {}

Lane::~Lane() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Lane::add(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    changed_.notify_all();
}

void Lane::wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return tasks_.empty(); });
    if (thrown_) {
        std::rethrow_exception(std::exchange(thrown_, nullptr));
    }
}

void Lane::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
        if (tasks_.empty()) {
            return;
        }
        auto& task = tasks_.front();  // a deque's elements stay where they are when others are added behind
        lock.unlock();
        std::exception_ptr thrown;
        try {
            task();
            task = nullptr;  // what it held goes before anybody hears that it is done
        } catch (...) {
            thrown = std::current_exception();
        }
        lock.lock();
        if (thrown) {
            thrown_ = thrown;
        }
        tasks_.pop_front();
        changed_.notify_all();
    }
}

}  // namespace maskwright::batch
