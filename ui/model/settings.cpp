#include "ui/model/settings.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QStringList>

#include "ui/model/kept_pictures.h"

namespace maskwright::ui::settings {

QString usualFolder() {
    // A dialog that is given a folder that is not there takes its last part for a file's name.
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return QFileInfo(pictures).isDir() ? pictures : QDir::homePath();
}

QString lastFolder(const char* key) {
    const QString kept = QSettings().value(key).toString();
    if (!kept.isEmpty() && QFileInfo(kept).isDir()) {
        return kept;
    }
    return usualFolder();
}

QString startFolder(const char* key, const QString& picture) {
    const QString kept = QSettings().value(key).toString();
    if (!kept.isEmpty() && QFileInfo(kept).isDir()) {
        return kept;
    }
    const QString beside = folderBeside(picture);
    return beside.isEmpty() ? lastFolder(kPictureFolder) : beside;
}

void remember(const char* key, const QString& path, int limit) {
    QSettings settings;
    QStringList list = settings.value(key).toStringList();
    list.removeAll(path);
    list.prepend(path);
    settings.setValue(key, QStringList(list.mid(0, limit)));
}

}  // namespace maskwright::ui::settings
