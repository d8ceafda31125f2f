// How much memory the program takes, as the system counts it.
#pragma once

#include <QByteArray>
#include <cstdint>

namespace maskwright::ui {

// Bytes; 0 where the system does not say.
struct MemoryUse {
    std::int64_t now = 0;   // in memory: code, libraries and what was allocated
    std::int64_t most = 0;  // the largest that `now` was since the start
};
MemoryUse memoryUse();
// The same of the text of Linux's /proc/PID/status (proc(5): VmRSS and VmHWM, in kB of 1,024 bytes).
MemoryUse memoryUseOf(const QByteArray& status);

}  // namespace maskwright::ui
