#include "ui/shell/save_controller.h"

#include <QClipboard>
#include <QDrag>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSettings>
#include <algorithm>

#include "core/output/names.h"
#include "ui/model/background.h"
#include "ui/model/settings.h"
#include "ui/shell/mask_mime.h"

namespace maskwright::ui {
namespace {

QImage cutoutPicture(const SaveJob& job) {
    const std::shared_ptr<const Heatmap> map = job.mask.heatmap(job.appearance.threshold);
    const output::Request request = requestOf(job, map.get());
    const auto rgba = output::cutout(*request.picture, *request.map, request.appearance, request.transparency);
    const int width = request.map->width, height = request.map->height;
    return QImage(rgba.data(), width, height, qsizetype(4) * width, QImage::Format_RGBA8888)
        .convertToFormat(QImage::Format_ARGB32);
}

constexpr int kSaved = 3500, kCopied = 2500;  // milliseconds the messages stay

}  // namespace

SaveController::SaveController(Document& document, Preview& preview, const RowFindings& rows,
                               const Candidates& candidates, OverlayState& overlay, QWidget& over)
    : Controller(over),
      document_(document),
      preview_(preview),
      rows_(rows),
      candidates_(candidates),
      overlay_(overlay) {
    connect(&writer_, &MaskWriter::written, this, [this](const SaveJob& job, bool empty) {
        const QFileInfo file(job.path);
        QSettings().setValue(settings::kSaveFolder, file.absolutePath());
        Q_EMIT working({});
        if (empty) {
            Q_EMIT noticed(tr("%1 is empty: nothing in the picture reaches the threshold.").arg(file.fileName()),
                           tr("Lower the threshold, or look for something else, and save again."));
        } else {
            Q_EMIT succeeded();
            Q_EMIT said(tr("Saved %1").arg(file.fileName()), kSaved);
        }
    });
    connect(&writer_, &MaskWriter::failed, this, [this](const Error& error) {
        Q_EMIT working({});
        Q_EMIT failed(error);
    });
}

ShownMask SaveController::shown() const { return candidates_.on() ? ShownMask{candidates_.map()} : rows_.shownNow(); }

bool SaveController::several() const { return !candidates_.on() && rows_.nothingInHand() && rows_.known().size() > 1; }

const Row* SaveController::onlyRow() const {
    if (candidates_.on() || !rows_.nothingInHand()) {
        return nullptr;
    }
    const auto rows = rows_.known();
    return rows.size() == 1 ? rows.front() : nullptr;
}

std::optional<SaveJob> SaveController::job(output::Kind kind) const {
    if (const Row* row = onlyRow()) {
        auto job = jobOf(row->id);
        if (job) {
            job->kind = kind;
            job->path.clear();
        }
        return job;
    }
    SaveJob job;
    job.mask = shown();
    job.image = document_.picture().image;
    if (job.mask.empty() || !job.image || job.mask.size() != QSize(job.image->width, job.image->height)) {
        return std::nullopt;
    }
    job.kind = kind;
    job.alpha = document_.picture().alpha;
    job.appearance = overlay_.appearance();
    job.label = label();
    job.model = preview_.model().name;
    return job;
}

void SaveController::save(output::Kind kind) {
    // Taken now: what is on the screen is what is saved, whatever happens behind the dialog.
    auto wanted = job(kind);
    if (!wanted) {
        return;
    }
    wanted->path = askPath(suggested(*wanted));
    if (wanted->path.isEmpty()) {
        return;
    }
    Q_EMIT working(tr("Saving %1…").arg(QFileInfo(wanted->path).fileName()));
    const bool ofRow = document_.row(document_.currentRow()) != nullptr || onlyRow() != nullptr;
    if (ofRow && !candidates_.on()) {
        document_.keepLent();
    }
    writer_.write(std::move(*wanted));
}

QString SaveController::suggested(const SaveJob& job) const {
    const OpenPicture& picture = document_.picture();
    const QString folder = settings::startFolder(settings::kSaveFolder, picture.path);
    return suggestedPath(picture.path, picture.name, job.kind, folder, job.label);
}

std::string SaveController::label() const {
    const Row* row = document_.row(document_.currentRow());
    if (row != nullptr && row->object && !candidates_.on()) {
        return row->title().toStdString();
    }
    return (candidates_.on() ? document_.search() : preview_.foundFor()).label();
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

void SaveController::copy(output::Kind kind) {
    auto wanted = job(kind);
    if (!wanted) {
        return;
    }
    const bool cutout = kind == output::Kind::cutout;
    Q_EMIT working(cutout ? tr("Copying the cutout…") : tr("Copying the mask…"));
    inBackground(
        this, [job = std::move(*wanted), cutout] { return cutout ? cutoutPicture(job) : maskPicture(job); },
        [this, cutout](const Result<QImage>& copied) {
            Q_EMIT working({});
            if (!copied) {
                Q_EMIT failed(copied.error());
                return;
            }
            QGuiApplication::clipboard()->setImage(*copied);
            Q_EMIT succeeded();
            Q_EMIT said(cutout ? tr("Cutout copied") : tr("Mask copied"), kCopied);
        });
}

std::optional<SaveJob> SaveController::jobOf(const QString& id) const {
    const Row* row = document_.row(id);
    SaveJob job;
    job.image = document_.picture().image;
    if (row == nullptr || !job.image) {
        return std::nullopt;
    }
    job.mask = rows_.shownOf(*row);
    if (job.mask.empty()) {
        return std::nullopt;
    }
    job.alpha = document_.picture().alpha;
    job.appearance = overlay_.appearanceOf(*row);
    job.appearance.cutoutEdge = overlay_.appearance().cutoutEdge;
    job.label = row->title().toStdString();
    job.model = preview_.model().name;
    job.path = QString::fromStdString(
        output::suggestedName(document_.picture().name.toStdString(), output::Kind::mask, job.label));
    return job;
}

void SaveController::drag(const QString& row) {
    auto job = jobOf(row);
    if (!job) {
        return;
    }
    auto* drag = new QDrag(&over_);  // Qt's own when it is over
    drag->setMimeData(new MaskMime(std::move(*job)));
    if (drag->exec(Qt::CopyAction) == Qt::CopyAction) {
        document_.keepLent();
    }
}

}  // namespace maskwright::ui
