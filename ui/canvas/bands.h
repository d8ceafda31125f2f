// A screen's rows on several cores. Any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <thread>
#include <vector>

namespace maskwright::ui {

inline constexpr int kMostBands = 4;             // memory is no faster for more
inline constexpr int kPixelsABand = 256 * 1024;  // fewer take less time than a thread to begin

// Qt fills and copies by AVX, and may leave the upper halves of its registers in use. Plain SSE then waits for them at
// every instruction, here and in threads that are begun here: a frame took 24 ms instead of 8 (AMD EPYC, Qt 6.4).
inline void cleanWideRegisters() {
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx")) {
        asm volatile("vzeroupper" ::
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
                           "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
    }
#endif
}

// work(begin, end) for bands of 0 .. height, at the same time; nothing of what it does may throw.
template <class Work>
void inBands(int width, int height, const Work& work) {
    cleanWideRegisters();
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const int bands =
        std::clamp(static_cast<int>(std::int64_t(width) * height / kPixelsABand), 1, std::min(cores, kMostBands));
    const auto edge = [&](int band) { return static_cast<int>(std::int64_t(height) * band / bands); };
    std::vector<std::jthread> others;
    for (int band = 1; band < bands; ++band) {
        others.emplace_back([&work, begin = edge(band), end = edge(band + 1)] { work(begin, end); });
    }
    work(0, edge(1));
}

}  // namespace maskwright::ui
