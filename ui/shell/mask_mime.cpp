#include "ui/shell/mask_mime.h"

#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QUrl>

namespace maskwright::ui {
namespace {

constexpr auto kFiles = "text/uri-list";
constexpr auto kPixels = "application/x-qt-image";

// One for all drags, so that the program leaves nothing behind. Each has a folder of its own in it: names may repeat.
QString freshFolder() {
    static const QTemporaryDir all;
    static int number = 0;
    const QString folder = all.filePath(QString::number(++number));
    return QDir().mkpath(folder) ? folder : QString();
}

}  // namespace

QImage maskPicture(const SaveJob& job) {
    const Runs inside = job.mask.runs(job.appearance.threshold);
    const Mask mask = toMask(inside);
    QImage image(mask.width, mask.height, QImage::Format_Grayscale8);
    for (int y = 0; y < mask.height; ++y) {
        std::copy_n(&mask.at(0, y), mask.width, image.scanLine(y));
    }
    return image;
}

QStringList MaskMime::formats() const { return {QString::fromLatin1(kFiles), QString::fromLatin1(kPixels)}; }

QVariant MaskMime::retrieveData(const QString& format, QMetaType /*type*/) const {
    if (format == QLatin1String(kPixels)) {
        return maskPicture(job_);
    }
    if (format != QLatin1String(kFiles)) {
        return {};
    }
    if (file_.isEmpty()) {
        const QString folder = freshFolder();
        SaveJob job = job_;
        job.path = QDir(folder).filePath(job_.path);
        if (folder.isEmpty() || !writeJob(job)) {
            return {};
        }
        file_ = job.path;
    }
    return QVariantList{QUrl::fromLocalFile(file_)};
}

}  // namespace maskwright::ui
