#include "ui/shell/open_controller.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QUrl>
#include <algorithm>

#include "core/batch/inputs.h"
#include "core/image_io/endings.h"
#include "ui/model/background.h"
#include "ui/model/error_text.h"
#include "ui/model/kept_pictures.h"
#include "ui/model/project_file.h"
#include "ui/model/replaced_picture.h"
#include "ui/model/settings.h"
#include "ui/shell/samples.h"

namespace maskwright::ui {
namespace {

constexpr int kRecentPictures = 8;
constexpr int kSaid = 2500;  // milliseconds a message stays

QStringList localFiles(const QMimeData& data) {
    QStringList files;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile()) {
            files << url.toLocalFile();
        }
    }
    return files;
}

}  // namespace

QString pictureFilter() {
    return OpenController::tr("Pictures") +
           QStringLiteral(" (%1)").arg(QString::fromStdString(image_io::dialogPatterns()));
}

QString projectFilter() {
    return OpenController::tr("Maskwright projects") + QStringLiteral(" (*%1)").arg(kProjectEnding);
}

OpenController::OpenController(Document& document, Pictures& pictures, Ahead& ahead, QWidget& over)
    : Controller(over), document_(document), pictures_(pictures), ahead_(ahead) {
    connect(&loader_, &PictureLoader::started, this,
            [this](const QString& name) { Q_EMIT working(tr("Reading %1…").arg(QFileInfo(name).fileName())); });
    connect(&loader_, &PictureLoader::loaded, this, qOverload<const OpenPicture&>(&OpenController::take));
    connect(&loader_, &PictureLoader::failed, this, [this](const QString& path, const Error& error) {
        // What is shown stays where a new picture does not open; one of the list takes its place.
        if (pictures_.find(path) >= 0 && path != document_.picture().key) {
            showNothing(path, error);
            if (!QFileInfo::exists(path)) {
                Q_EMIT missing(path);
            }
            return;
        }
        Q_EMIT working({});
        Q_EMIT reduced({}, {});
        Q_EMIT failed(error);
    });
    connect(&loader_, &PictureLoader::reduced, this, &OpenController::reduced);
}

void OpenController::open(const QString& path) {
    wantedPhrase_.clear();
    if (QFileInfo(path).isDir()) {
        Q_EMIT folderWanted(path);
        return;
    }
    if (ProjectFile::isProject(path)) {
        Q_EMIT projectWanted(path);
        return;
    }
    asked_ = path;
    const int known = pictures_.find(path);
    if (known >= 0 && pictures_.entries()[std::size_t(known)].kept) {
        take(*pictures_.entries()[std::size_t(known)].kept);
        return;
    }
    if (const auto ready = ahead_.take(path); ready && !loader_.busy()) {
        take(*ready);
        return;
    }
    loader_.load(path);
}

void OpenController::goBackTo(const QString& key, const QString& what, bool undone) {
    constexpr int kStays = 5000;  // milliseconds
    const int known = pictures_.find(key);
    const QString name = known >= 0 ? pictures_.entries()[std::size_t(known)].name : nameOfPicture(key);
    const QString text = undone ? tr("Undone in %1: %2") : tr("Done again in %1: %2");
    open(key);
    Q_EMIT said(text.arg(name, what), kStays);
}

void OpenController::openAll(const QStringList& paths) {
    // A project stands for all its pictures: it is opened alone.
    const auto project = std::find_if(paths.begin(), paths.end(), ProjectFile::isProject);
    if (paths.size() == 1 || project != paths.end()) {
        open(project == paths.end() ? paths.front() : *project);
        return;
    }
    std::vector<std::string> wanted;
    for (const QString& path : paths) {
        wanted.push_back(path.toStdString());
    }
    inBackground(
        this, [wanted] { return batch::expandInputs(wanted); },
        [this, first = paths.front()](const Result<batch::Inputs>& found) {
            if (!found) {
                Q_EMIT failed(found.error());
                return;
            }
            QStringList files;
            for (const std::string& file : found->files) {
                files << QString::fromStdString(file);
            }
            pictures_.add(files);
            open(files.contains(first) ? first : files.front());
            if (!found->bad.empty()) {
                Q_EMIT failed(found->bad.front().second);
            }
        });
}

void OpenController::goOn(int step) {
    // Two steps in a row are two, also while the first picture is still being read.
    const int from = loader_.busy() ? pictures_.find(asked_) : pictures_.current();
    const int next = from + step;
    if (from >= 0 && next >= 0 && next < int(pictures_.entries().size())) {
        open(pictures_.entries()[std::size_t(next)].key);
    }
}

void OpenController::openSample(int index, const QString& phrase) {
    const auto list = samples();
    if (index < 0 || std::size_t(index) >= list.size()) {
        return;
    }
    const Sample& sample = list[std::size_t(index)];
    wantedPhrase_ = phrase;
    // Someone who has typed already wants that, not our suggestion.
    if (phrase.isEmpty() && document_.search().empty()) {
        wantedPhrase_ = sample.phrases.value(0);
    }
    loader_.load(sample.file);
}

void OpenController::openDialog() {
    const QStringList paths = QFileDialog::getOpenFileNames(
        &over_, tr("Open pictures"), settings::startFolder(settings::kPictureFolder, document_.picture().path),
        QStringList{
            tr("Pictures and projects") +
                QStringLiteral(" (%1 *%2)").arg(QString::fromStdString(image_io::dialogPatterns()), kProjectEnding),
            projectFilter(), tr("All files") + QStringLiteral(" (*)")}
            .join(QStringLiteral(";;")));
    if (!paths.isEmpty()) {
        QSettings().setValue(settings::kPictureFolder, QFileInfo(paths.front()).absolutePath());
        openAll(paths);
    }
}

void OpenController::paste() {
    const QMimeData* mime = QGuiApplication::clipboard()->mimeData();
    if (mime == nullptr) {
        return;
    }
    wantedPhrase_.clear();
    if (const QStringList paths = localFiles(*mime); !paths.isEmpty()) {
        openAll(paths);
    } else if (mime->hasImage()) {
        loader_.take(qvariant_cast<QImage>(mime->imageData()), tr("Pasted picture"));
    } else {
        Q_EMIT said(tr("There is no picture on the clipboard"), kSaid);
    }
}

bool OpenController::canTake(const QMimeData& data) { return data.hasImage() || !localFiles(data).isEmpty(); }

void OpenController::take(const QMimeData& dropped) {
    if (const QStringList paths = localFiles(dropped); !paths.isEmpty()) {
        openAll(paths);
    } else if (dropped.hasImage()) {
        wantedPhrase_.clear();
        loader_.take(qvariant_cast<QImage>(dropped.imageData()), tr("Dropped picture"));
    }
}

bool OpenController::lacking() const {
    const int current = pictures_.current();
    return !document_.hasPicture() && current >= 0 && pictures_.entries()[std::size_t(current)].key == lacking_;
}

void OpenController::showNothing(const QString& key, const Error& error) {
    Q_EMIT working({});
    Q_EMIT cleared();
    Q_EMIT reduced({}, {});
    Q_EMIT opening();
    OpenPicture lacking;
    lacking.key = lacking.path = lacking_ = key;
    lacking.name = nameOfPicture(key);
    pictures_.open(lacking);
    document_.setPicture({});
    Q_EMIT failed(error);
}

void OpenController::take(const OpenPicture& picture) {
    const auto other = replacedPicture(document_.project(), picture);
    if (other && other->refused) {
        showNothing(picture.key, *other->refused);
        Q_EMIT replaced(other->had);
        return;
    }
    Q_EMIT working({});
    Q_EMIT cleared();
    Q_EMIT opening();
    pictures_.open(picture);
    document_.setPicture(picture);
    if (!picture.path.isEmpty()) {
        settings::remember(settings::kRecentPictures, QFileInfo(picture.path).absoluteFilePath(), kRecentPictures);
    }
    const bool suggested = !wantedPhrase_.isEmpty();
    if (suggested) {
        document_.setPhrase(wantedPhrase_);
        document_.endMerge();
    }
    Q_EMIT opened(suggested);
    if (other) {
        Q_EMIT noticed(messageText(other->warning), {});
        Q_EMIT replaced(other->had);
    } else if (!picture.warnings.empty()) {
        Q_EMIT noticed(messageText(picture.warnings.front()), {});
    }
}

void OpenController::fillRecent(QMenu& menu) {
    menu.clear();
    for (const QString& path : QSettings().value(settings::kRecentPictures).toStringList()) {
        if (QFileInfo::exists(path)) {
            QAction* action = menu.addAction(QFileInfo(path).fileName().replace('&', "&&"));
            action->setObjectName("listedPicture");
            action->setToolTip(path);
            connect(action, &QAction::triggered, this, [this, path] { open(path); });
        }
    }
    menu.setEnabled(!menu.isEmpty());
}

}  // namespace maskwright::ui
