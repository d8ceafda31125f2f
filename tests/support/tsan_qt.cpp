// Tells the thread sanitizer where Qt hands work from one thread to another. Qt's locks are futexes of a library built
// without it, so that everything that a queued call or a pool's task carries would look unguarded. Linked into the
// window's test programs under the tsan preset alone, and built without the sanitizer itself.
//
// The functions below stand in front of Qt's own of the same names. All that is handed over shares one place to meet,
// so a value that races with an earlier, unrelated hand-over can escape; one that is used by two threads at a time does
// not.
#include <dlfcn.h>

#include <QCoreApplication>
#include <QEvent>
#include <QObject>
#include <QThread>
#include <QThreadPool>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

extern "C" void __tsan_acquire(void* meeting);
extern "C" void __tsan_release(void* meeting);

namespace {

char toWindow, toPool, fromPool;

// Calls that another thread queued, kept until the window's thread drops them: Qt counts their owners out of sight, and
// the last one may be the thread that queued.
std::mutex mutex;
std::vector<QtPrivate::QSlotObjectBase*> queued;

// What is delivered on the window's thread was handed over before.
class Meeting : public QObject {
    bool eventFilter(QObject*, QEvent*) override {
        __tsan_acquire(&toWindow);
        std::vector<QtPrivate::QSlotObjectBase*> done;
        {
            const std::lock_guard lock(mutex);
            done.swap(queued);
        }
        for (QtPrivate::QSlotObjectBase* call : done) {
            call->destroyIfLastRef();
        }
        return false;
    }
};

void watch() { QCoreApplication::instance()->installEventFilter(new Meeting); }

template <class Function>
Function next(const char* symbol) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, symbol));
}

}  // namespace

Q_COREAPP_STARTUP_FUNCTION(watch)

bool QMetaObject::invokeMethodImpl(QObject* context, QtPrivate::QSlotObjectBase* call, Qt::ConnectionType type,
                                   void* result) {
    using Function = bool (*)(QObject*, QtPrivate::QSlotObjectBase*, Qt::ConnectionType, void*);
    static const auto qt = next<Function>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    const bool elsewhere = context->thread() != QThread::currentThread();
    if (elsewhere) {
        call->ref();
    }
    __tsan_release(&toWindow);
    const bool done = qt(context, call, type, result);
    if (elsewhere) {
        const std::lock_guard lock(mutex);
        queued.push_back(call);
    }
    return done;
}

void QThreadPool::start(std::function<void()> work, int priority) {
    using Function = void (*)(QThreadPool*, std::function<void()>, int);
    static const auto qt = next<Function>("_ZN11QThreadPool5startESt8functionIFvvEEi");
    std::function<void()> met = [work = std::move(work)] {
        __tsan_acquire(&toPool);
        work();
        __tsan_release(&fromPool);
    };
    __tsan_release(&toPool);
    qt(this, std::move(met), priority);
}

bool QThreadPool::waitForDone(int milliseconds) {
    using Function = bool (*)(QThreadPool*, int);
    static const auto qt = next<Function>("_ZN11QThreadPool11waitForDoneEi");
    const bool done = qt(this, milliseconds);
    __tsan_acquire(&fromPool);
    return done;
}
