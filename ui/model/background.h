// Work away from the GUI thread with its result back on it, if the object that wanted it still is.
#pragma once

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <type_traits>
#include <utility>

#include "core/base/result.h"

namespace maskwright::ui {

// The threads that inBackground() takes. Not those of Qt's global pool: a file on a network disk that does not answer
// holds its thread for good, and Qt's painter waits for threads of the global pool.
QThreadPool& backgroundPool();
// Waits until nothing is left to do in the background, at most that long. For the end of a program. -> whether nothing
// is left
bool settleBackground(int milliseconds);

namespace detail {

template <class T>
struct AsResult {
    using Type = Result<T>;
};
template <class T>
struct AsResult<Result<T>> {
    using Type = Result<T>;
};

// What the exception in hand says; to be called while it is handled.
Error exceptionAsError();

// What `work` gives, or the exception that it ended with as an error of ErrorKind::resource.
template <class Work>
auto guarded(Work& work) -> typename AsResult<std::invoke_result_t<Work&>>::Type {
    try {
        return work();
    } catch (...) {
        return exceptionAsError();
    }
}

}  // namespace detail

// `work()` on backgroundPool(), then `done(result)` on the GUI thread, with a Result of what `work` gives (which may be
// one already): an exception comes back as an error of ErrorKind::resource. `work` must hold all it needs by value.
template <class Work, class Done>
void inBackground(QObject* owner, Work work, Done done) {
    backgroundPool().start(
        [guard = QPointer<QObject>(owner), work = std::move(work), done = std::move(done)]() mutable {
            // The guard is looked at on the GUI thread only, where its object is destroyed.
            QMetaObject::invokeMethod(QCoreApplication::instance(), [guard, done, result = detail::guarded(work)] {
                if (guard) {
                    done(result);
                }
            });
        });
}

}  // namespace maskwright::ui
