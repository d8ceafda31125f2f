#include "core/image_io/quiet.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <QByteArray>
#include <QString>
#include <QThread>
#include <QtGlobal>
#include <cstdio>
#include <mutex>

#include "core/base/log.h"

namespace maskwright::image_io {
namespace {

// Without a QCoreApplication Qt takes the first thread that uses it for the main one and gives it every plugin of
// picture formats. Where that is a reader's thread, which ends, the plugins are destroyed at exit with its freed data:
// the heap is damaged, and now and then the program aborts. Said when the library is loaded, before it has threads.
[[maybe_unused]] const QThread* const mainThread = QThread::currentThread();

thread_local std::string* collector = nullptr;
QtMessageHandler previousHandler = nullptr;

void collect(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    if (collector != nullptr) {
        *collector += message.toStdString() + '\n';
    } else if (previousHandler != nullptr) {
        previousHandler(type, context, message);
    } else {
        const QByteArray line = qFormatLogMessage(type, context, message).toLocal8Bit();
        std::fprintf(stderr, "%s\n", line.constData());
    }
}

// stderr while any Quiet lives: a file in memory stands in for it.
std::mutex guard;
int holders = 0, realStderr = -1, standIn = -1;

void setAside() {
#ifndef __SANITIZE_ADDRESS__  // a sanitizer's report must be seen
    std::fflush(stderr);
    standIn = ::memfd_create("maskwright-decoders", MFD_CLOEXEC);
    realStderr = standIn < 0 ? -1 : ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (realStderr >= 0) {
        ::dup2(standIn, STDERR_FILENO);
    }
#endif
}

std::string putBack() {
    std::string text;
    if (realStderr >= 0) {
        std::fflush(stderr);
        ::dup2(realStderr, STDERR_FILENO);
        ::close(realStderr);
        realStderr = -1;
        text.resize(1 << 16);
        const ssize_t got = ::pread(standIn, text.data(), text.size(), 0);
        text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    if (standIn >= 0) {
        ::close(standIn);
        standIn = -1;
    }
    return text;
}

// This program's log lines (core/base/log.cpp) go where they were meant to; the decoders' are for who debugs.
void replay(const std::string& text) {
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string line = text.substr(begin, end - begin);
        if (line.starts_with("maskwright")) {
            std::fprintf(stderr, "%s\n", line.c_str());
        } else if (!line.empty()) {
            log::debug("decoder: " + line);
        }
        begin = end + 1;
    }
}

}  // namespace

Quiet::Quiet() : outer_(collector) {
    static std::once_flag once;
    std::call_once(once, [] { previousHandler = qInstallMessageHandler(collect); });
    collector = &said_;
    const std::lock_guard lock(guard);
    if (holders++ == 0) {
        setAside();
    }
}

Quiet::~Quiet() {
    collector = outer_;
    std::string text;
    {
        const std::lock_guard lock(guard);
        if (--holders == 0) {
            text = putBack();
        }
    }
    replay(text);
}

}  // namespace maskwright::image_io
