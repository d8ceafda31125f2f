#include "core/base/waiting_threads.h"

#include <unistd.h>

#include <cstdlib>

namespace maskwright {

bool letWaitingThreadsSleep() {
    bool changed = false;
    const auto set = [&](const char* name, const char* value) {
        if (std::getenv(name) == nullptr) {
            changed = ::setenv(name, value, 0) == 0 || changed;
        }
    };
    if (std::getenv("OMP_WAIT_POLICY") == nullptr) {
        set("GOMP_SPINCOUNT", "1000");
    }
    set("OPENBLAS_THREAD_TIMEOUT", "17");
    return changed;
}

void letLoadedWaitingThreadsSleep(char* const* argv) {
    // Once: what is set now is found set by the program that is run again.
    if (letWaitingThreadsSleep()) {
        ::execv("/proc/self/exe", argv);
    }
}

}  // namespace maskwright
