#include "ui/shell/project_controller.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>
#include <algorithm>
#include <utility>

#include "core/base/log.h"
#include "core/batch/request.h"
#include "core/project/work.h"
#include "ui/model/background.h"
#include "ui/model/error_text.h"
#include "ui/model/kept_pictures.h"
#include "ui/model/kept_tidy.h"
#include "ui/model/replaced_picture.h"
#include "ui/model/settings.h"
#include "ui/shell/actions.h"
#include "ui/shell/model_controller.h"
#include "ui/shell/open_controller.h"
#include "ui/shell/project_questions.h"

namespace maskwright::ui {
namespace {

constexpr int kRecentProjects = 8;
constexpr int kSaved = 3500;  // milliseconds the message stays

bool sameModel(const project::Model& a, const project::Model& b) {
    return a.folder == b.folder && (!a.folder.empty() || a.name == b.name);
}

}  // namespace

ProjectController::ProjectController(Workspace& workspace, const Actions& actions, OpenController& opening,
                                     ModelController& models, QWidget& over)
    : Controller(over),
      workspace_(workspace),
      actions_(actions),
      opening_(opening),
      models_(models),
      pictures_(workspace, *actions.findMissing, over) {
    connect(actions_.newProject, &QAction::triggered, this, &ProjectController::begin);
    connect(actions_.openProject, &QAction::triggered, this, &ProjectController::openDialog);
    connect(actions_.saveProject, &QAction::triggered, this, &ProjectController::save);
    connect(actions_.saveProjectAs, &QAction::triggered, this, &ProjectController::saveAs);
    connect(actions_.file, &QMenu::aboutToShow, this, [this] { fillRecent(*actions_.recentProjects); });
    connect(&opening_, &OpenController::projectWanted, this, &ProjectController::open);
    // Queued: the picture's own messages come first.
    connect(&opening_, &OpenController::opened, this, &ProjectController::goOn, Qt::QueuedConnection);
    connect(&opening_, &OpenController::failed, this, &ProjectController::goOn, Qt::QueuedConnection);
    connect(&pictures_, &ProjectPictures::pictureWanted, &opening_, &OpenController::open);
    connect(&opening_, &OpenController::replaced, &pictures_,
            [this](const project::PictureFile& had) { pictures_.lookFor(had); });
    connect(&opening_, &OpenController::missing, &pictures_, &ProjectPictures::lookForMissing);
    connect(&workspace_.document, &Document::exampleReplaced, this, &ProjectController::tellReplaced);
    connect(&pictures_, &ProjectPictures::said, this, &ProjectController::said);
    connect(&workspace_.preview, &Preview::modelOpened, this, &ProjectController::tellModel);
    Document& document = workspace_.document;
    connect(&document, &Document::edited, this, &ProjectController::keep);
    connect(&document, &Document::historyChanged, this, &ProjectController::refresh);
    connect(&document, &Document::pictureChanged, this, &ProjectController::refresh);
    connectFile();
    refresh();
}

void ProjectController::keep(const project::Edit& edit) {
    if (project::typesAlone(edit)) {
        foldersWords_ = folderShown_;
        if (folderShown_) {
            return;
        }
    }
    file_.add(edit, workspace_.document.project());
}

void ProjectController::tellReplaced(const project::PictureFile& had, const project::PictureFile& now) {
    const auto other = replacedFile(had, now);
    if (!other) {
        return;
    }
    pictures_.lookFor(had, [this, other = *other] {
        const Message& what = other.refused ? other.refused->what : other.warning;
        if (arriving_) {
            notices_ << messageText(what);
        } else if (other.refused) {
            Q_EMIT failed(*other.refused);
        } else {
            Q_EMIT noticed(messageText(what), {});
        }
    });
}

void ProjectController::setClean() {
    clean_ = workspace_.document.project();
    workspace_.document.setClean();
}

void ProjectController::connectFile() {
    connect(&file_, &ProjectFile::opened, this, &ProjectController::take);
    connect(&file_, &ProjectFile::unsavedFound, this, [this](const project::Opened& found) {
        askRecover(over_, found, [this, path = QString::fromStdString(found.path.string())](project::Unsaved unsaved) {
            file_.open(path, unsaved);
        });
    });
    connect(&file_, &ProjectFile::leftFound, this, &ProjectController::offer);
    connect(&file_, &ProjectFile::changed, this, [this] {
        Q_EMIT working(file_.busy() ? tr("Reading or writing the project…") : QString());
        refresh();
    });
    connect(&file_, &ProjectFile::saved, this, [this](bool latest) {
        pictures_.setFolder(QFileInfo(file_.path()).absolutePath());
        if (std::exchange(fileFailed_, false)) {
            Q_EMIT succeeded();
        }
        if (latest) {
            setClean();
        }
        settings::remember(settings::kRecentProjects, file_.path(), kRecentProjects);
        Q_EMIT said(tr("Saved %1").arg(QFileInfo(file_.path()).fileName()), kSaved);
        refresh();
        if (auto next = std::exchange(next_, nullptr)) {
            whenSafe(std::move(next));
        }
    });
    connect(&file_, &ProjectFile::failed, this, [this](const Error& error) {
        next_ = nullptr;
        fileFailed_ = true;
        Q_EMIT failed(error);
    });
    connect(&file_, &ProjectFile::notKept, this, [this](const Error& error) {
        fileFailed_ = true;
        Q_EMIT failed(error);
    });
}

void ProjectController::start() {
    constexpr int kDays = 30;
    inBackground(
        this, [journals = file_.folder()] { return tidyKept(journals, kDays); },
        [](const Result<int>& removed) {
            if (removed && *removed > 0) {
                log::info("removed " + std::to_string(*removed) + " pasted pictures that nothing names any more");
            }
        });
    if (!file_.busy() && file_.path().isEmpty()) {
        file_.lookForLeft(QSettings().value(settings::kRecentProjects).toStringList());
    }
}

bool ProjectController::unsaved() const {
    const Document& document = workspace_.document;
    if (document.clean() || (foldersWords_ && clean_ && project::sameButTyped(*clean_, document.project()))) {
        return false;
    }
    return !file_.path().isEmpty() || project::hasWork(document.project());
}

QString ProjectController::titled(const QString& shown) const {
    const QString mark = QStringLiteral("[*]");
    QString picture = shown, project = file_.name();
    picture.replace(mark, mark + mark);
    project.replace(mark, mark + mark);
    if (file_.path().isEmpty()) {
        return unsaved() ? picture + mark : picture;
    }
    return picture.isEmpty() ? project + mark : QStringLiteral("%1 - %2").arg(picture, project + mark);
}

void ProjectController::whenSafe(std::function<void()> next) {
    if (!unsaved()) {
        next();
        return;
    }
    next_ = std::move(next);
    if (asking_) {
        return;
    }
    const auto answer = [this](bool saves) {
        asking_ = nullptr;
        if (saves) {
            save();
        } else if (const auto go = std::exchange(next_, nullptr)) {
            givenUp_ = true;
            go();
            givenUp_ = false;
        }
    };
    asking_ = askUnsaved(over_, file_.name(), answer, [this] { next_ = nullptr; });
}

bool ProjectController::mayClose() {
    if (unsaved() && !givenUp_) {
        whenSafe([this] { Q_EMIT closeWanted(); });
        return false;
    }
    file_.close();
    return true;
}

void ProjectController::begin() {
    whenSafe([this] {
        Q_EMIT cleared();
        file_.begin();
        show({}, true, {});
        tellModel();
    });
}

void ProjectController::open(const QString& path) {
    whenSafe([this, path] { file_.open(QFileInfo(path).absoluteFilePath()); });
}

void ProjectController::openDialog() {
    const QString path = QFileDialog::getOpenFileName(
        &over_, tr("Open a project"), settings::startFolder(settings::kProjectFolder, firstPicture()), projectFilter());
    if (!path.isEmpty()) {
        QSettings().setValue(settings::kProjectFolder, QFileInfo(path).absolutePath());
        open(path);
    }
}

// One after the other, until one is taken or left for later.
void ProjectController::offer(const std::vector<project::LeftJournal>& left) {
    if (left.empty() || file_.busy() || !file_.path().isEmpty()) {
        return;
    }
    // One question after the other.
    if (const auto* other = over_.findChild<QMessageBox*>("unfinished")) {
        connect(other, &QObject::destroyed, this, [this, left] { offer(left); });
        return;
    }
    askLeft(over_, left.front(), [this, left](bool recovers) {
        const project::LeftJournal& one = left.front();
        if (!recovers) {
            file_.discard(one);
            offer({left.begin() + 1, left.end()});
        } else if (one.project.empty()) {
            whenSafe([this, one] { file_.recover(QString::fromStdString(one.journal.string())); });
        } else {
            whenSafe(
                [this, one] { file_.open(QString::fromStdString(one.project.string()), project::Unsaved::recover); });
        }
    });
}

void ProjectController::take(const project::Opened& opened) {
    Q_EMIT cleared();
    notices_.clear();
    fileFailed_ = false;
    if (opened.edits > 0) {
        notices_ << tr("Recovered changes that are not saved yet: %n.", nullptr, int(opened.edits));
    }
    if (opened.lost > 0) {
        notices_ << tr("Lines of the journal that could not be read: %n.", nullptr, int(opened.lost));
    }
    for (const Message& notice : opened.notices) {
        notices_ << messageText(notice);
    }
    if (!file_.path().isEmpty()) {
        settings::remember(settings::kRecentProjects, file_.path(), kRecentProjects);
    }
    wanted_ = opened.project.model;
    told_ = workspace_.preview.engine().model;  // the one in use now was not chosen for this project
    arriving_ = true;
    show(opened.project, opened.edits == 0,
         file_.path().isEmpty() ? QString() : QFileInfo(file_.path()).absolutePath());
}

// In the place of what was open.
void ProjectController::show(const project::Project& project, bool clean, const QString& folder) {
    workspace_.document.setPicture({});
    foldersWords_ = false;
    clean_ = clean ? std::optional(project) : std::nullopt;
    workspace_.document.setProject(project, clean);
    const QString first = pictures_.list(folder);
    if (first.isEmpty()) {
        goOn();
    } else {
        opening_.open(first);
    }
    refresh();
}

// After the first picture, which dismisses what was said before it.
void ProjectController::goOn() {
    if (!std::exchange(arriving_, false)) {
        return;
    }
    if (!notices_.isEmpty()) {
        Q_EMIT noticed(notices_.join(QStringLiteral(" · ")), {});
    }
    const std::string& model = wanted_.folder.empty() ? wanted_.name : wanted_.folder;
    if (model.empty() || model == workspace_.preview.engine().model) {
        tellModel();
    } else {
        models_.choose(QString::fromStdString(model));
    }
}

// The model in use becomes the project's, unless that is another which does not open.
void ProjectController::tellModel() {
    const session::ModelInfo& info = workspace_.preview.model();
    const std::string engine = workspace_.preview.engine().model;
    const bool same = std::exchange(told_, engine) == engine;
    const std::string& wanted = wanted_.folder.empty() ? wanted_.name : wanted_.folder;
    if (info.name.empty() || arriving_ || (same && !wanted.empty() && wanted != engine)) {
        return;
    }
    const bool folder = engine.find('/') != std::string::npos;
    const project::Model model{info.name, folder ? engine : std::string(), {}};
    file_.setModel(model, QString::fromStdString(info.folder));
    // Another one than the file or the journal has: unsaved. What was never saved gets its first model with its file.
    const project::Model& had = workspace_.document.project().model;
    if (!same && (!file_.path().isEmpty() || !had.name.empty()) && !sameModel(had, model)) {
        workspace_.document.setModel(model);
    }
    if (wanted == engine && !wanted_.sha256.empty()) {
        checkModel(info);
    }
}

void ProjectController::checkModel(const session::ModelInfo& info) {
    inBackground(
        this, [folder = info.folder] { return batch::contentHash(folder); },
        [this, name = info.name, sha256 = wanted_.sha256](const Result<std::string>& now) {
            if (now && !now->empty() && *now != sha256 && wanted_.sha256 == sha256) {
                Q_EMIT noticed(
                    messageText(
                        message("the model %1 is not the one that the project was made with: masks may differ", name)),
                    {});
            }
        });
}

void ProjectController::save() {
    if (file_.path().isEmpty()) {
        saveAs();
    } else {
        file_.save(workspace_.document.project());
    }
}

void ProjectController::saveAs() {
    const QString path = askPath();
    if (path.isEmpty()) {
        next_ = nullptr;
        return;
    }
    QSettings().setValue(settings::kProjectFolder, QFileInfo(path).absolutePath());
    file_.saveAs(workspace_.document.project(), path);
}

QString ProjectController::firstPicture() const {
    const project::Project& project = workspace_.document.project();
    return project.pictures.empty() ? workspace_.document.picture().path
                                    : QString::fromStdString(project.pictures.front()->file.path);
}

// Beside the pictures unless told otherwise: their paths are then relative, and both can be moved together.
QString ProjectController::askPath() {
    QString suggested = file_.path();
    if (suggested.isEmpty()) {
        const QString picture = firstPicture(), beside = folderBeside(picture);
        suggested = QDir(beside.isEmpty() ? settings::startFolder(settings::kProjectFolder, {}) : beside)
                        .filePath(ProjectFile::withEnding(beside.isEmpty() ? tr("project")
                                                                           : QFileInfo(picture).completeBaseName()));
    }
    QFileDialog dialog(&over_, tr("Save the project"), QFileInfo(suggested).path(), projectFilter());
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    // The dialog's own: it asks before it replaces the file that is meant, not the name without its ending.
    dialog.setDefaultSuffix(kProjectEnding.mid(1));
    dialog.selectFile(QFileInfo(suggested).fileName());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) {
        return {};
    }
    QString path = dialog.selectedFiles().front();
    if (!ProjectFile::isProject(path)) {
        path = ProjectFile::withEnding(path);
        if (QFileInfo::exists(path)) {
            fileFailed_ = true;
            Q_EMIT failed(
                {ErrorKind::output, message("%1 is there already", path.toStdString()), "choose another name"});
            return {};
        }
    }
    return path;
}

void ProjectController::refresh() {
    const bool any =
        workspace_.document.hasPicture() || !workspace_.document.project().pictures.empty() || !file_.path().isEmpty();
    actions_.saveProject->setEnabled(any);
    actions_.saveProjectAs->setEnabled(any);
    Q_EMIT stateChanged();
}

void ProjectController::fillRecent(QMenu& menu) {
    menu.clear();
    for (const QString& path : QSettings().value(settings::kRecentProjects).toStringList()) {
        if (QFileInfo::exists(path)) {
            QAction* action = menu.addAction(QFileInfo(path).fileName().replace('&', "&&"));
            action->setToolTip(path);
            action->setObjectName("listedProject");
            connect(action, &QAction::triggered, this, [this, path] { open(path); });
        }
    }
    menu.setEnabled(!menu.isEmpty());
}

}  // namespace maskwright::ui
