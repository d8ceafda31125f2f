#include "ui/shell/open_controller.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QUrl>

#include "core/image_io/endings.h"
#include "ui/model/error_text.h"
#include "ui/model/settings.h"
#include "ui/shell/samples.h"

namespace maskwright::ui {
namespace {

constexpr int kRecentPictures = 8;
constexpr int kSaid = 2500;  // milliseconds a message stays

// The first file among them; empty where there is none.
QString localFile(const QMimeData& data) {
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile()) {
            return url.toLocalFile();
        }
    }
    return {};
}

}  // namespace

QString pictureFilter() {
    return OpenController::tr("Pictures") +
           QStringLiteral(" (%1)").arg(QString::fromStdString(image_io::dialogPatterns()));
}

OpenController::OpenController(Document& document, QWidget& over) : Controller(over), document_(document) {
    connect(&loader_, &PictureLoader::started, this,
            [this](const QString& name) { Q_EMIT working(tr("Reading %1…").arg(QFileInfo(name).fileName())); });
    connect(&loader_, &PictureLoader::loaded, this, qOverload<const OpenPicture&>(&OpenController::take));
    connect(&loader_, &PictureLoader::failed, this, [this](const QString&, const Error& error) {
        Q_EMIT working({});
        Q_EMIT failed(error);
    });
}

void OpenController::open(const QString& path) {
    wantedPhrase_.clear();
    if (QFileInfo(path).isDir()) {
        Q_EMIT folderWanted(path);
        return;
    }
    loader_.load(path);
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
    const QString path =
        QFileDialog::getOpenFileName(&over_, tr("Open a picture"), settings::lastFolder(settings::kPictureFolder),
                                     pictureFilter() + QStringLiteral(";;") + tr("All files") + QStringLiteral(" (*)"));
    if (!path.isEmpty()) {
        QSettings().setValue(settings::kPictureFolder, QFileInfo(path).absolutePath());
        open(path);
    }
}

void OpenController::paste() {
    const QMimeData* mime = QGuiApplication::clipboard()->mimeData();
    if (mime == nullptr) {
        return;
    }
    wantedPhrase_.clear();
    if (const QString path = localFile(*mime); !path.isEmpty()) {
        open(path);
    } else if (mime->hasImage()) {
        loader_.take(qvariant_cast<QImage>(mime->imageData()), tr("Pasted picture"));
    } else {
        Q_EMIT said(tr("There is no picture on the clipboard"), kSaid);
    }
}

bool OpenController::canTake(const QMimeData& data) { return data.hasImage() || !localFile(data).isEmpty(); }

void OpenController::take(const QMimeData& dropped) {
    if (const QString path = localFile(dropped); !path.isEmpty()) {
        open(path);
    } else if (dropped.hasImage()) {
        wantedPhrase_.clear();
        loader_.take(qvariant_cast<QImage>(dropped.imageData()), tr("Dropped picture"));
    }
}

void OpenController::take(const OpenPicture& picture) {
    Q_EMIT working({});
    Q_EMIT cleared();
    Q_EMIT opening();
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
    if (!picture.warnings.empty()) {
        Q_EMIT noticed(messageText(picture.warnings.front()), {});
    }
}

void OpenController::fillRecent(QMenu& menu) {
    menu.clear();
    for (const QString& path : QSettings().value(settings::kRecentPictures).toStringList()) {
        if (QFileInfo::exists(path)) {
            QAction* action = menu.addAction(QFileInfo(path).fileName().replace('&', "&&"));
            action->setToolTip(path);
            connect(action, &QAction::triggered, this, [this, path] { open(path); });
        }
    }
    menu.setEnabled(!menu.isEmpty());
}

}  // namespace maskwright::ui
