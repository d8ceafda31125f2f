#include "ui/model/kept_pictures.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUuid>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/image_io/image_io.h"
#include "ui/model/pyramid.h"

namespace maskwright::ui {
namespace {

Result<QString> madeFolder() {
    const QString folder = keptFolder();
    if (!QDir().mkpath(folder)) {
        return Error{ErrorKind::output, message("the folder %1 cannot be made", quoted(folder.toStdString())),
                     "check the disk and its permissions"};
    }
    return folder;
}

// Old ones that nothing names are removed: see kept_tidy.h.
void wantedAgain(const QString& path) {
    QFile file(path);
    if (file.open(QIODevice::ReadWrite)) {
        file.setFileTime(QDateTime::currentDateTime(), QFileDevice::FileModificationTime);
    }
}

}  // namespace

QString keptFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/pasted");
}

bool isKept(const QString& path) { return QFileInfo(path).absolutePath() == QDir::cleanPath(keptFolder()); }

QString folderBeside(const QString& picture) {
    if (picture.isEmpty() || picture.startsWith(QLatin1String(":/")) || isKept(picture)) {
        return {};
    }
    const QFileInfo folder(QFileInfo(picture).absolutePath());
    return folder.isDir() ? folder.filePath() : QString();
}

QString nameOfPicture(const QString& path) {
    return isKept(path) ? QCoreApplication::translate("maskwright::ui::OpenController", "Pasted picture")
                        : QFileInfo(path).fileName();
}

Result<project::PictureFile> keepBytes(std::span<const std::byte> bytes, const QString& ending, int width, int height) {
    const auto folder = madeFolder();
    if (!folder) {
        return folder.error();
    }
    Sha256 sum;
    sum.update(bytes);
    const std::string hash = sum.finish();
    const QString path = QDir(*folder).filePath(QString::fromStdString(hash) + '.' + ending);
    if (QFileInfo(path).size() != qint64(bytes.size())) {
        MASKWRIGHT_TRY(writeFileAtomically(path.toStdString(), bytes));
    } else {
        wantedAgain(path);
    }
    return project::PictureFile{path.toStdString(), hash, bytes.size(), width, height};
}

Result<project::PictureFile> keepPixels(const QImage& pixels) {
    const auto folder = madeFolder();
    if (!folder) {
        return folder.error();
    }
    const QString building = QDir(*folder).filePath('.' + QUuid::createUuid().toString(QUuid::WithoutBraces));
    if (pixels.hasAlphaChannel()) {
        const QImage rgba = pixels.convertToFormat(QImage::Format_RGBA8888);
        MASKWRIGHT_TRY(image_io::writeRgba(building.toStdString(), rgba.width(), rgba.height(),
                                           std::span(rgba.constBits(), std::size_t(rgba.sizeInBytes()))));
    } else {
        MASKWRIGHT_TRY(image_io::writeImage(building.toStdString(), toImage(pixels)));
    }
    project::PictureFile file = pictureFileAt(building, pixels.width(), pixels.height());
    const QString path = QDir(*folder).filePath(QString::fromStdString(file.sha256) + QStringLiteral(".png"));
    if (file.path.empty() || (!QFile::rename(building, path) && !QFileInfo::exists(path))) {
        QFile::remove(building);
        return Error{ErrorKind::output, message("the folder %1 cannot be written", quoted(folder->toStdString())),
                     "check the disk and its permissions"};
    }
    if (QFile::remove(building)) {  // the same picture was there already
        wantedAgain(path);
    }
    file.path = path.toStdString();
    return file;
}

project::PictureFile pictureFileAt(const QString& path, int width, int height) {
    const QString whole = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    const auto hash = sha256File(whole.toStdString());
    if (!hash) {
        return {};
    }
    return {whole.toStdString(), *hash, std::uint64_t(QFileInfo(whole).size()), width, height};
}

}  // namespace maskwright::ui
