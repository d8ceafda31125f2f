// A long work on a thread of its own, which tells how it goes.
#pragma once

#include <QObject>
#include <stop_token>
#include <thread>
#include <utility>

#include "core/base/result.h"
#include "ui/model/background.h"

namespace maskwright::ui {

// `work(hear, stop)` gives a Result<void>, or throws, which is an error like another. What it gives to `hear`, a Told
// each time, arrives at `take`, and what it ends with at `end`: in the owner's thread, as queued calls, in this order.
// The thread ends before the owner does.
template <class Told, class Work, class Take, class End>
std::jthread onOwnThread(QObject* owner, Work work, Take take, End end) {
    return std::jthread([=](const std::stop_token& stop) {
        const auto hear = [owner, take](const Told& told) {
            QMetaObject::invokeMethod(
                owner, [take, told] { take(told); }, Qt::QueuedConnection);
        };
        auto all = [&]() -> Result<void> { return work(hear, stop); };
        const Result<void> done = detail::guarded(all);
        QMetaObject::invokeMethod(
            owner, [end, done] { end(done); }, Qt::QueuedConnection);
    });
}

}  // namespace maskwright::ui
