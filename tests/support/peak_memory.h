// How much memory a piece of work takes, as the kernel counts it.
#pragma once

#include <fstream>
#include <string>

// A sanitizer keeps freed memory and shadows the rest: there is nothing to measure.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define MASKWRIGHT_MEMORY_CAN_BE_MEASURED
#endif

namespace maskwright::test {

// Bytes of a line of /proc/self/status, such as VmRSS.
inline double statusBytes(const std::string& key) {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(key + ":")) {
            return 1024 * std::stod(line.substr(key.size() + 1));
        }
    }
    return 0;
}

// Bytes that this process had at most while `work` ran.
template <class Work>
double peakOf(Work work) {
    std::ofstream("/proc/self/clear_refs") << 5;  // the peak is counted from here
    work();
    return statusBytes("VmHWM");
}

}  // namespace maskwright::test
