// One thread that does what it is given, in order: writing goes on behind the back of the work that makes the results.
// Private to batch.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace maskwright::batch {

class Lane {
  public:
    Lane();
    ~Lane();  // when all is done
    Lane(const Lane&) = delete;

    void add(std::function<void()> task);
    // Until nothing is left to do; what the tasks did is visible then. Throws what a task has thrown.
    void wait();

  private:
    void work();
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> tasks_;  // the first is the one in hand
    std::exception_ptr thrown_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace maskwright::batch
