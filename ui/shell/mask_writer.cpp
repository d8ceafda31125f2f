#include "ui/shell/mask_writer.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "core/output/names.h"
#include "ui/model/background.h"

namespace maskwright::ui {

output::Request requestOf(const SaveJob& job, const Heatmap* map) {
    output::Request request;
    request.kind = job.kind;
    request.picture = job.image.get();
    // Pictures are opened with the background that ReadOptions has by itself.
    request.transparency = {job.alpha.get(), image_io::ReadOptions{}.background};
    request.map = map;
    request.appearance = job.appearance;
    request.labels = {job.label};
    request.model = job.model;
    return request;
}

Result<bool> writeJob(const SaveJob& job) {
    const std::shared_ptr<const Heatmap> map = job.mask.empty() ? nullptr : job.mask.heatmap(job.appearance.threshold);
    if (auto done = output::write(job.path.toStdString(), requestOf(job, map.get())); !done) {
        return done.error();
    }
    const auto inside = [threshold = float(job.appearance.threshold)](float value) { return value > threshold; };
    return job.kind != output::Kind::probability && job.kind != output::Kind::probability16 &&
           std::none_of(map->pixels.begin(), map->pixels.end(), inside);
}

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
        [this, job](const Result<bool>& done) {
            if (done) {
                Q_EMIT written(job, *done);
            } else {
                Q_EMIT failed(done.error());
            }
        });
}

}  // namespace maskwright::ui
