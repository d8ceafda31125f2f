#include "app/maskwright/engine_library.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLibrary>

namespace maskwright {
namespace {

constexpr auto kLibraryName = "libmaskwright_engine.so";

QString findLibrary() {
    const QDir program(QCoreApplication::applicationDirPath());
    for (const char* folder : {".", "../lib/maskwright"}) {
        const QString path = program.filePath(QLatin1String(folder) + '/' + QLatin1String(kLibraryName));
        if (QFileInfo::exists(path)) {
            return QFileInfo(path).canonicalFilePath();
        }
    }
    return {};
}

}  // namespace

std::optional<Error> openEngineLibrary(const QString& library, const EngineApi*& api) {
    const QString path = library.isEmpty() ? findLibrary() : library;
    if (path.isEmpty()) {
        return Error{ErrorKind::resource, message("the engine's library %1 is missing", quoted(kLibraryName)),
                     "install Maskwright again, or build all of it"};
    }
    QLibrary file(path);
    const auto entry = reinterpret_cast<EngineEntry>(file.resolve(kEngineEntry));
    if (entry == nullptr) {
        return Error{ErrorKind::resource,
                     message("the engine could not be started: %1", file.errorString().toStdString()),
                     "install LibTorch and OpenCV again"};
    }
    api = entry();
    if (std::string_view(api->version) != MASKWRIGHT_VERSION) {
        return Error{ErrorKind::resource,
                     message("the engine is version %1, the window %2", api->version, MASKWRIGHT_VERSION),
                     "install Maskwright again"};
    }
    return std::nullopt;
}

}  // namespace maskwright
