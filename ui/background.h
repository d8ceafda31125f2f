// Work away from the GUI thread with its result back on it, if the object that wanted it still is.
#pragma once

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <utility>

namespace maskwright::ui {

// `work()` on the pool, then `done(result)` on the GUI thread. `work` must hold all it needs by value.
template <class Work, class Done>
void inBackground(QObject* owner, Work work, Done done) {
    QThreadPool::globalInstance()->start(
        [guard = QPointer<QObject>(owner), work = std::move(work), done = std::move(done)] {
            auto result = work();
            // The guard is looked at on the GUI thread only, where its object is destroyed.
            QMetaObject::invokeMethod(QCoreApplication::instance(), [guard, done, result = std::move(result)] {
                if (guard) {
                    done(result);
                }
            });
        });
}

}  // namespace maskwright::ui
