// How much memory the tensors of a piece of work take. LibTorch's allocator is asked, not the kernel: what a process
// holds depends on what tests before it have freed, and on the machine.
#pragma once

#include <ATen/Context.h>
#include <c10/core/CPUAllocator.h>

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <unordered_map>

namespace maskwright::test {

// Counts what goes through it. Tensors may outlive the counting.
class CountingAllocator : public at::Allocator {
  public:
    explicit CountingAllocator(at::Allocator& base) { base_ = &base; }

    at::DataPtr allocate(std::size_t bytes) const override {
        void* data = base_->raw_allocate(bytes);
        if (data == nullptr) {  // no bytes
            return {nullptr, nullptr, &release, at::Device(at::kCPU)};
        }
        const std::lock_guard lock(mutex_);
        sizes_[data] = bytes;
        alive_ += bytes;
        peak_ = std::max(peak_, alive_);
        return {data, data, &release, at::Device(at::kCPU)};
    }
    at::DeleterFnPtr raw_deleter() const override { return &release; }

    // Counts from here on; returns what is alive.
    static std::size_t restart() {
        const std::lock_guard lock(mutex_);
        return peak_ = alive_;
    }
    static std::size_t peak() {
        const std::lock_guard lock(mutex_);
        return peak_;
    }

  private:
    static void release(void* data) {
        if (data == nullptr) {
            return;
        }
        {
            const std::lock_guard lock(mutex_);
            const auto found = sizes_.find(data);
            alive_ -= found->second;
            sizes_.erase(found);
        }
        base_->raw_deallocate(data);
    }

    static inline at::Allocator* base_ = nullptr;
    static inline std::mutex mutex_;
    static inline std::unordered_map<void*, std::size_t> sizes_;
    static inline std::size_t alive_ = 0, peak_ = 0;
};

// Bytes of the tensors that `work` made and that were alive together, at most.
template <class Work>
double bytesOfTensors(Work work) {
    at::Allocator& before = *c10::GetCPUAllocator();
    CountingAllocator counting(before);
    c10::SetCPUAllocator(&counting, 255);
    const std::size_t start = CountingAllocator::restart();
    work();
    c10::SetCPUAllocator(&before, 255);
    return double(CountingAllocator::peak() - start);
}

}  // namespace maskwright::test
