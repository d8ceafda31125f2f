// The one place where exceptions of the tensor code become Errors. Private to core/session.
#pragma once

#include <utility>

#include "core/base/result.h"

namespace maskwright::session {

// The exception being handled as an Error. `doing` completes "not enough memory for ..." and "... failed". Call it in a
// catch block.
Error translateException(const Message& doing);

// Whether the exception being handled says that memory ran out, a device's or the computer's. Call it in a catch block.
bool ranOutOfMemory();

// f(), or what it threw.
template <class F>
auto guarded(const Message& doing, F&& f) -> decltype(f()) {
    try {
        return std::forward<F>(f)();
    } catch (...) {
        return translateException(doing);
    }
}

}  // namespace maskwright::session
