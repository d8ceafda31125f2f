// Work on several threads that is waited for.
#pragma once

#include <cstddef>
#include <functional>

namespace maskwright {

// work(0) to work(count - 1), each on a thread of its own. Returns when all have ended, and throws what the first of
// them has thrown.
void onThreads(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace maskwright
