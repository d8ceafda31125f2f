#include "ui/shell/project_pictures.h"

#include <QAction>
#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "ui/dialogs/missing_pictures.h"
#include "ui/model/background.h"

namespace maskwright::ui {
namespace {

constexpr int kFound = 4000;  // milliseconds the message stays

QStringList pathsOf(const std::vector<project::PictureFile>& files) {
    QStringList paths;
    for (const project::PictureFile& file : files) {
        paths << QString::fromStdString(file.path);
    }
    return paths;
}

}  // namespace

ProjectPictures::ProjectPictures(Workspace& workspace, QAction& action, QWidget& over)
    : Controller(over), workspace_(workspace), action_(action) {
    connect(&action_, &QAction::triggered, this, &ProjectPictures::show);
    setMissing({});
}

ProjectPictures::~ProjectPictures() { looking_.request_stop(); }

QString ProjectPictures::list(const QString& folder) {
    ++project_;
    folder_ = folder;
    replaced_.clear();
    asked_.clear();
    QStringList paths;
    for (const auto& picture : workspace_.document.project().pictures) {
        paths << QString::fromStdString(picture->file.path);
    }
    workspace_.pictures.clear();
    workspace_.pictures.add(paths);
    setMissing({});
    begun_ = firstThere();
    lookIn(folder, true);
    return begun_;
}

QString ProjectPictures::inHand() const {
    const int current = workspace_.pictures.current();
    return current < 0 ? QString() : workspace_.pictures.entries()[std::size_t(current)].key;
}

// In the project's order.
QString ProjectPictures::firstThere() const {
    for (const auto& picture : workspace_.document.project().pictures) {
        const QString path = QString::fromStdString(picture->file.path);
        if (QFileInfo(path).isFile()) {
            return path;
        }
    }
    return {};
}

void ProjectPictures::lookForMissing(const QString& path) {
    const auto& pictures = workspace_.document.project().pictures;
    const bool ours = std::any_of(pictures.begin(), pictures.end(),
                                  [&](const auto& one) { return one->file.path == path.toStdString(); });
    if (ours) {
        lookIn(folder_.isEmpty() ? QFileInfo(path).path() : folder_, false);
    }
}

void ProjectPictures::lookFor(const project::PictureFile& replaced, std::function<void()> lost) {
    if (lost) {
        asked_.emplace_back(replaced.sha256, std::move(lost));
    }
    if (std::find(replaced_.begin(), replaced_.end(), replaced) == replaced_.end()) {
        replaced_.push_back(replaced);
    }
    lookIn(folder_, false);
}

void ProjectPictures::lookIn(const QString& folder, bool unasked) {
    looking_.request_stop();
    looking_ = {};
    unasked_ = unasked_ || unasked;
    if (dialog_) {
        dialog_->setSearching(!folder.isEmpty() && !unasked);
    }
    inBackground(
        this,
        [project = workspace_.document.project(), folder = folder.toStdString(), replaced = replaced_,
         stop = looking_.get_token()] { return project::lookForLost(project, replaced, folder, stop); },
        // Of a search that was stopped what it has found counts, unless the project is another by now.
        [this, mine = looking_.get_token(), project = project_](const Result<project::Whereabouts>& looked) {
            if (!looked || project != project_) {
                return;
            }
            const bool latest = mine == looking_.get_token();
            if (dialog_ && latest) {
                dialog_->setSearching(false);
            }
            auto missing = looked->lost;
            std::erase_if(missing, [&](const auto& file) { return looked->found.contains(file.sha256); });
            take(*looked);
            setMissing(std::move(missing));
            for (const auto& [hash, lost] : latest ? std::exchange(asked_, {}) : decltype(asked_)()) {
                if (!looked->found.contains(hash)) {
                    lost();
                }
            }
            // What was replaced was said in another place.
            const bool any = std::any_of(missing_.begin(), missing_.end(), [this](const auto& file) {
                return std::find(replaced_.begin(), replaced_.end(), file) == replaced_.end();
            });
            if (latest && std::exchange(unasked_, false) && any) {
                show();
            }
        });
}

void ProjectPictures::take(const project::Whereabouts& looked) {
    Document& document = workspace_.document;
    const auto edit = project::movedEdit(document.project(), looked.found);
    const QString wanted = inHand();
    // Until somebody does something, a project is open at its first picture, found or not.
    const bool begins = wanted.isEmpty() || (wanted == begun_ && !document.canUndo());
    if (!edit || !document.editProject(*edit, tr("Find pictures"))) {
        return;
    }
    QString again;
    std::erase_if(replaced_, [&](const auto& file) { return looked.found.contains(file.sha256); });
    for (const project::PictureFile& file : looked.lost) {
        if (const auto now = looked.found.find(file.sha256); now != looked.found.end()) {
            const QString before = QString::fromStdString(file.path), after = QString::fromStdString(now->second);
            workspace_.pictures.rename(before, after);
            again = before == wanted ? after : again;
        }
    }
    if (const QString first = firstThere(); begins && first != begun_) {
        again = begun_ = first;
    }
    Q_EMIT said(tr("Pictures found again: %n", nullptr, int(looked.found.size())), kFound);
    if (!again.isEmpty()) {
        Q_EMIT pictureWanted(again);
    }
}

void ProjectPictures::setMissing(std::vector<project::PictureFile> missing) {
    missing_ = std::move(missing);
    action_.setEnabled(!missing_.empty());
    if (dialog_) {
        dialog_->setMissing(pathsOf(missing_));
    }
}

void ProjectPictures::show() {
    if (!dialog_) {
        dialog_ = new MissingPictures(&over_);
        dialog_->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog_, &MissingPictures::folderWanted, this,
                [this](const QString& folder) { lookIn(folder, false); });
        connect(dialog_, &MissingPictures::stopWanted, this, [this] { looking_.request_stop(); });
    }
    dialog_->setMissing(pathsOf(missing_));
    dialog_->show();
    dialog_->raise();
}

}  // namespace maskwright::ui
