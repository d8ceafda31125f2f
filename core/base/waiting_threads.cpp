#include "core/base/waiting_threads.h"

#include <cstdlib>

namespace maskwright {

void letWaitingThreadsSleep() {
    constexpr int kKeep = 0;  // a variable that is set
    if (std::getenv("OMP_WAIT_POLICY") == nullptr) {
        ::setenv("GOMP_SPINCOUNT", "1000", kKeep);
    }
    ::setenv("OPENBLAS_THREAD_TIMEOUT", "17", kKeep);
}

}  // namespace maskwright
