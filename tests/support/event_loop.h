// Waiting for what comes through Qt's event loop.
#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <functional>

namespace maskwright::ui {

// Runs the event loop until `done`; the limit only ends a test that has failed.
inline bool waitFor(const std::function<bool()>& done, int limit = 120000) {
    QElapsedTimer timer;
    timer.start();
    while (!done() && timer.elapsed() < limit) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    return done();
}

}  // namespace maskwright::ui
