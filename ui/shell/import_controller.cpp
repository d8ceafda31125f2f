#include "ui/shell/import_controller.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QSettings>
#include <QUrl>
#include <algorithm>

#include "ui/model/annotation_import.h"
#include "ui/model/background.h"
#include "ui/model/error_text.h"
#include "ui/model/export_source.h"
#include "ui/model/kept_pictures.h"
#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

constexpr int kStays = 4000;  // milliseconds a message stays
constexpr int kMostSaid = 3;  // of what was passed over; the rest is a number

bool isAnnotations(const QString& path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == QLatin1String("json") || suffix == QLatin1String("txt");
}

ImportTarget targetOf(const OpenPicture& picture) {
    ImportTarget target{picture.file.path, picture.file, {}};
    if (picture.path.isEmpty()) {
        target.name = exportName(picture.name);
    }
    return target;
}

}  // namespace

ImportController::ImportController(Workspace& workspace, QWidget& over) : Controller(over), workspace_(workspace) {}

void ImportController::openDialog() {
    const QStringList files = QFileDialog::getOpenFileNames(
        &over_, tr("Import annotations"),
        settings::startFolder(settings::kImportFolder, workspace_.document.picture().path),
        tr("COCO, labelme or YOLO") + QStringLiteral(" (*.json *.txt)"));
    if (!files.isEmpty()) {
        QSettings().setValue(settings::kImportFolder, QFileInfo(files.front()).absolutePath());
        import(files);
    }
}

bool ImportController::take(const QMimeData& dropped) {
    QStringList files;
    for (const QUrl& url : dropped.urls()) {
        if (!url.isLocalFile() || !isAnnotations(url.toLocalFile())) {
            return false;
        }
        files << url.toLocalFile();
    }
    if (files.isEmpty() || workspace_.pictures.entries().empty()) {
        return false;
    }
    import(files);
    return true;
}

void ImportController::import(const QStringList& files) {
    std::vector<std::string> paths;
    for (const QString& file : files) {
        paths.push_back(file.toStdString());
    }
    const OpenPicture& open = workspace_.document.picture();
    std::vector<ImportTarget> targets;
    std::optional<std::size_t> current;
    for (const Pictures::Entry& entry : workspace_.pictures.entries()) {
        const bool isOpen = workspace_.document.hasPicture() && entry.key == open.key;
        ImportTarget target = isOpen       ? targetOf(open)
                              : entry.kept ? targetOf(*entry.kept)
                                           : ImportTarget{entry.key.toStdString(), {}, {}};
        if (target.file.path.empty() && isKept(entry.key)) {
            target.name = exportName(entry.name);
        }
        // A sample of the program's own has a file when it is open.
        if (!target.path.empty() && !target.path.starts_with(":/")) {
            current = isOpen ? std::optional(targets.size()) : current;
            targets.push_back(std::move(target));
        }
    }
    Q_EMIT working(tr("Reading %1…").arg(QFileInfo(files.front()).fileName()));
    inBackground(
        this, [paths, targets, current] { return importFrom(paths, targets, current); },
        [this](const Result<ImportedAnnotations>& imported) {
            Q_EMIT working({});
            if (!imported) {
                Q_EMIT failed(imported.error());
                return;
            }
            if (imported->objects() > 0) {
                const std::string& shown = workspace_.document.picture().file.path;
                if (std::any_of(imported->pictures.begin(), imported->pictures.end(),
                                [&](const ImportedPicture& one) { return one.file.path == shown; })) {
                    workspace_.document.keepLent();  // the imported rows come below them
                }
                const auto done = workspace_.document.editProject(importEdit(workspace_.document.project(), *imported),
                                                                  tr("import of annotations"));
                if (!done) {
                    Q_EMIT failed(done.error());
                    return;
                }
            }
            const QString added = tr("Rows added: %n", nullptr, int(imported->objects()));
            if (imported->skipped.empty()) {
                Q_EMIT succeeded();
                Q_EMIT said(added, kStays);
                return;
            }
            QStringList skipped;
            for (const Message& one : imported->skipped) {
                skipped << messageText(one);
            }
            QString told = skipped.mid(0, kMostSaid).join(QStringLiteral(" · "));
            if (skipped.size() > kMostSaid) {
                told += QStringLiteral(" · ") + tr("… and %n more", nullptr, int(skipped.size()) - kMostSaid);
            }
            Q_EMIT noticed(added, told);
        });
}

}  // namespace maskwright::ui
