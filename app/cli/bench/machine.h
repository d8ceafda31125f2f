// The machine a measurement was taken on, and what a process of it holds in memory.
#pragma once

#include <sys/types.h>

#include <string>

namespace maskwright::cli::bench {

struct Machine {
    std::string processor;  // "AMD EPYC 9B45", as /proc/cpuinfo names it
    std::string isa;        // the widest instruction set for products that it lists: "avx512_bf16", "avx2", ...
    bool bfloat16 = false;  // it multiplies bfloat16 by itself (AVX-512 or AMX)
    int cores = 0;          // that this process may use
    double gigabytes = 0;   // GiB of memory
    std::string date;       // UTC, "2026-11-27T00:30:00Z"
};

Machine thisMachine();

struct Memory {
    double now = 0, peak = 0;  // MiB resident (VmRSS and VmHWM of /proc/PID/status); 0 where the process is gone
};

// 0: this process.
Memory memoryOf(pid_t process);

}  // namespace maskwright::cli::bench
