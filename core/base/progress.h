// How a long piece of work is watched and stopped.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace maskwright {

struct Progress {
    std::int64_t done = 0, total = 0;
    std::string what;  // the item in hand
};
using ProgressSink = std::function<void(const Progress&)>;

}  // namespace maskwright
