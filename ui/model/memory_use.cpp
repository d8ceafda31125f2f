#include "ui/model/memory_use.h"

#include <QFile>

namespace maskwright::ui {
namespace {

std::int64_t bytesAfter(const QByteArray& status, const QByteArray& name) {
    const qsizetype at = status.indexOf('\n' + name);
    if (at < 0) {
        return 0;
    }
    const qsizetype from = at + 1 + name.size();
    // "VmRSS:\t  5000 kB"
    return status.mid(from, status.indexOf('\n', from) - from).simplified().split(' ').value(0).toLongLong() * 1024;
}

}  // namespace

MemoryUse memoryUseOf(const QByteArray& status) { return {bytesAfter(status, "VmRSS:"), bytesAfter(status, "VmHWM:")}; }

MemoryUse memoryUse() {
    QFile file(QStringLiteral("/proc/self/status"));
    return file.open(QIODevice::ReadOnly) ? memoryUseOf(file.readAll()) : MemoryUse{};
}

}  // namespace maskwright::ui
