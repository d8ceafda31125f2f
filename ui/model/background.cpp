#include "ui/model/background.h"

#include <QThread>
#include <exception>
#include <new>

namespace maskwright::ui {

namespace {

// Beyond a thread a core: as many as two thumbnails, the reading ahead and a picture may hold on a disk that hangs.
constexpr int kMayHang = 4;

}  // namespace

QThreadPool& backgroundPool() {
    // Never destroyed: that would wait for threads that hang.
    static QThreadPool& pool = *[] {
        auto* made = new QThreadPool;
        made->setMaxThreadCount(QThread::idealThreadCount() + kMayHang);
        return made;
    }();
    return pool;
}

bool settleBackground(int milliseconds) { return backgroundPool().waitForDone(milliseconds); }

}  // namespace maskwright::ui

namespace maskwright::ui::detail {

Error exceptionAsError() {
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return {ErrorKind::resource, message("not enough memory for %1", Message("the request")),
                "close other programs or reduce the picture"};
    } catch (const std::exception& problem) {
        return {ErrorKind::resource, message("%1 failed: %2", Message("the request"), verbatim(problem.what())), ""};
    } catch (...) {
        return {ErrorKind::resource,
                message("%1 failed: %2", Message("the request"), Message("the reason is not known")), ""};
    }
}

}  // namespace maskwright::ui::detail
