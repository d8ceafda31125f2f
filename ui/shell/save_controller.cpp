#include "ui/shell/save_controller.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSettings>

#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

constexpr int kSaved = 3500, kCopied = 2500;  // milliseconds the messages stay

}  // namespace

SaveController::SaveController(Document& document, Preview& preview, OverlayState& overlay, QWidget& over)
    : Controller(over), document_(document), preview_(preview), overlay_(overlay) {
    connect(&writer_, &MaskWriter::written, this, [this](const QString& path) {
        Q_EMIT working({});
        Q_EMIT said(tr("Saved %1").arg(QFileInfo(path).fileName()), kSaved);
    });
    connect(&writer_, &MaskWriter::failed, this, [this](const Error& error) {
        Q_EMIT working({});
        Q_EMIT failed(error);
    });
}

std::shared_ptr<const Heatmap> SaveController::found() const {
    const auto& finding = preview_.finding();
    return finding && !finding->answer.maps.empty() ? finding->answer.maps.front() : nullptr;
}

void SaveController::save(SaveKind kind) {
    // Taken now: what is on the screen is what is saved, whatever happens behind the dialog.
    SaveJob job;
    job.map = found();
    if (!job.map) {
        return;
    }
    job.kind = kind;
    job.image = preview_.finding()->answer.image;
    job.style = overlay_.style();
    job.phrase = preview_.foundFor().phrase;
    job.model = QString::fromStdString(preview_.model().name);
    job.path = askPath(suggested(kind));
    if (job.path.isEmpty()) {
        return;
    }
    kind_ = kind;
    QSettings().setValue(settings::kSaveFolder, QFileInfo(job.path).absolutePath());
    Q_EMIT working(tr("Saving %1…").arg(QFileInfo(job.path).fileName()));
    writer_.write(std::move(job));
}

QString SaveController::suggested(SaveKind kind) const {
    const OpenPicture& picture = document_.picture();
    QString folder = QSettings().value(settings::kSaveFolder).toString();
    if (folder.isEmpty() && picture.path.isEmpty()) {
        folder = settings::lastFolder(settings::kPictureFolder);
    }
    return suggestedPath(picture.path, picture.name, kind, folder);
}

QString SaveController::askPath(const QString& suggested) {
    const QFileInfo info(suggested);
    QFileDialog dialog(&over_, tr("Save as PNG"), info.path(), tr("PNG pictures") + QStringLiteral(" (*.png)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    // The dialog's own: it asks before it replaces the file that is meant, not the name without its ending.
    dialog.setDefaultSuffix(QStringLiteral("png"));
    dialog.selectFile(info.fileName());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) {
        return {};
    }
    QString path = dialog.selectedFiles().front();
    if (QFileInfo(path).suffix().compare(QLatin1String("png"), Qt::CaseInsensitive) != 0) {
        path += QStringLiteral(".png");
        if (QFileInfo::exists(path)) {
            Q_EMIT failed(
                {ErrorKind::output, message("%1 is there already", path.toStdString()), "choose another name"});
            return {};
        }
    }
    return path;
}

void SaveController::copyCutout() {
    const auto map = found();
    if (!map) {
        return;
    }
    const Heatmap alpha = softMask(*map, document_.threshold());
    QImage cutout = toQImage(*preview_.finding()->answer.image).convertToFormat(QImage::Format_ARGB32);
    for (int y = 0; y < cutout.height(); ++y) {
        auto* row = reinterpret_cast<QRgb*>(cutout.scanLine(y));
        for (int x = 0; x < cutout.width(); ++x) {
            row[x] = (row[x] & 0x00ffffffu) | (QRgb(alpha.at(x, y) * 255 + 0.5f) << 24);
        }
    }
    QGuiApplication::clipboard()->setImage(cutout);
    Q_EMIT said(tr("Cutout copied"), kCopied);
}

}  // namespace maskwright::ui
