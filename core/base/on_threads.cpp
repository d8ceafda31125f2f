#include "core/base/on_threads.h"

#include <algorithm>
#include <exception>
#include <thread>
#include <vector>

namespace maskwright {

void onThreads(std::size_t count, const std::function<void(std::size_t)>& work) {
    std::vector<std::exception_ptr> thrown(count);
    {
        std::vector<std::jthread> threads;  // are waited for also where one cannot be begun
        threads.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            threads.emplace_back([&work, &thrown, i] {
                try {
                    work(i);
                } catch (...) {
                    thrown[i] = std::current_exception();
                }
            });
        }
    }
    const auto first = std::find_if(thrown.begin(), thrown.end(), [](const auto& one) { return one != nullptr; });
    if (first != thrown.end()) {
        std::rethrow_exception(*first);
    }
}

}  // namespace maskwright
