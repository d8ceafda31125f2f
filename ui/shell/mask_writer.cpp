#include "ui/shell/mask_writer.h"

#include <QDir>
#include <QFileInfo>

#include "core/output/names.h"
#include "ui/model/background.h"

namespace maskwright::ui {

output::Request requestOf(const SaveJob& job) {
    output::Request request;
    request.kind = job.kind;
    request.picture = job.image.get();
    // Pictures are opened with the background that ReadOptions has by itself.
    request.transparency = {job.alpha.get(), image_io::ReadOptions{}.background};
    request.map = job.map.get();
    request.appearance = job.appearance;
    request.labels = {job.label};
    request.model = job.model;
    return request;
}

Result<void> writeJob(const SaveJob& job) { return output::write(job.path.toStdString(), requestOf(job)); }

QString suggestedPath(const QString& picturePath, const QString& pictureName, output::Kind kind, const QString& folder,
                      const std::string& label) {
    const QString base = picturePath.isEmpty() || !folder.isEmpty() ? folder : QFileInfo(picturePath).absolutePath();
    const QString name = QString::fromStdString(output::suggestedName(pictureName.toStdString(), kind, label));
    const QString path = base.isEmpty() ? name : QDir(base).filePath(name);
    return QString::fromStdString(output::freePath(
        path.toStdString(), [](const std::string& taken) { return QFileInfo::exists(QString::fromStdString(taken)); }));
}

void MaskWriter::write(SaveJob job) {
    inBackground(
        this, [job] { return writeJob(job); },
        [this, job](const Result<void>& done) {
            if (done) {
                Q_EMIT written(job);
            } else {
                Q_EMIT failed(done.error());
            }
        });
}

}  // namespace maskwright::ui
