#include "ui/model/project_file.h"

#include <QFileInfo>
#include <QStandardPaths>
#include <utility>

#include "core/batch/request.h"
#include "ui/model/background.h"
#include "ui/model/kept_tidy.h"

namespace maskwright::ui {
namespace {

constexpr int kBetweenSyncs = 4000;  // milliseconds: five seconds at most, with what the disk takes

std::filesystem::path pathOf(const QString& path) { return path.toStdString(); }

}  // namespace

// The model that is in use belongs to no step of the history: it goes into what is written.
project::Project ProjectFile::Work::stamped(project::Project project) const {
    project.model = model;
    return project;
}

void ProjectFile::Work::hashModel() {
    if (model.sha256.empty() && !weights.empty()) {
        model.sha256 = batch::contentHash(weights);
    }
}

ProjectFile::ProjectFile(const QString& folder, QObject* parent)
    : QObject(parent),
      folder_(folder.isEmpty()
                  ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/journals")
                  : folder),
      work_(folder_) {
    lane_.setMaxThreadCount(1);
    lane_.setExpiryTimeout(-1);
    again_.setSingleShot(true);
    again_.setInterval(kBetweenSyncs);
    connect(&again_, &QTimer::timeout, this, &ProjectFile::sync);
}

ProjectFile::~ProjectFile() { lane_.waitForDone(); }

template <class Job, class Done>
void ProjectFile::run(Job job, Done done) {
    using Answer = typename detail::AsResult<std::invoke_result_t<Job&, Work&>>::Type;
    // The destructor waits for the lane, and what is posted to `this` goes with it.
    lane_.start([this, job = std::move(job), done = std::move(done)]() mutable {
        auto answer = [&]() -> Answer {
            try {
                return job(work_);
            } catch (...) {
                return detail::exceptionAsError();
            }
        }();
        QMetaObject::invokeMethod(
            this, [done = std::move(done), answer = std::move(answer)] { done(answer); }, Qt::QueuedConnection);
    });
}

QString ProjectFile::name() const {
    const QString file = QFileInfo(path_).fileName();
    return isProject(file) ? file.chopped(kProjectEnding.size()) : file;
}

bool ProjectFile::isProject(const QString& path) { return path.endsWith(kProjectEnding); }

QString ProjectFile::withEnding(const QString& path) { return isProject(path) ? path : path + kProjectEnding; }

void ProjectFile::setBusy(int change) {
    busy_ += change;
    Q_EMIT changed();
}

void ProjectFile::begin() {
    again_.stop();
    latest_ = {};
    path_.clear();
    run(
        [](Work& work) -> Result<void> {
            work.keeper.begin();
            return {};
        },
        [](const Result<void>&) {});
    Q_EMIT changed();
}

void ProjectFile::open(const QString& path, project::Unsaved unsaved) {
    read([path = pathOf(path), unsaved](project::Keeper& keeper) { return keeper.open(path, unsaved); });
}

void ProjectFile::recover(const QString& journal) {
    read([journal = pathOf(journal)](project::Keeper& keeper) { return keeper.recover(journal); });
}

template <class Read>
void ProjectFile::read(Read from) {
    ++reading_;
    setBusy(+1);
    run(
        [from = std::move(from)](Work& work) -> Result<project::Opened> {
            auto opened = from(work.keeper);
            if (opened && !opened->asks) {
                work.model = opened->project.model;
                work.weights.clear();
                if (!opened->path.empty()) {
                    noteKept(QString::fromStdString(opened->path.string()), opened->project);
                }
            }
            return opened;
        },
        [this](const Result<project::Opened>& opened) { take(opened); });
}

void ProjectFile::take(const Result<project::Opened>& opened) {
    const bool done = opened && !opened->asks;
    --reading_;
    if (done) {
        path_ = QString::fromStdString(opened->path.string());
        latest_ = opened->project;
        failing_ = false;
        opened->edits > 0 ? again_.start() : again_.stop();
    }
    setBusy(-1);
    if (done) {
        Q_EMIT this->opened(*opened);
    } else if (opened) {
        Q_EMIT unsavedFound(*opened);
    } else {
        Q_EMIT failed(opened.error());
    }
}

void ProjectFile::setModel(const project::Model& model, const QString& weights) {
    run(
        [model, weights = weights.toStdString()](Work& work) -> Result<void> {
            work.model = model;
            work.weights = weights;
            return {};
        },
        [](const Result<void>&) {});
}

void ProjectFile::add(const project::Edit& edit, const project::Project& after) {
    ++added_;
    latest_ = after;
    if (!again_.isActive()) {
        again_.start();
    }
    if (reading_ > 0) {
        return;  // the journal is another's by the time this gets there; if it is not, sync() makes up for it
    }
    run([edit, after](Work& work) { return work.keeper.add(edit, work.stamped(after)); },
        [this](const Result<void>& kept) { tellKept(kept); });
}

// Goes on until all is saved: the journal's folder may vanish, and what could not be written is made up for.
void ProjectFile::sync() {
    again_.start();
    if (reading_ > 0) {
        return;
    }
    run([latest = latest_](Work& work) { return work.keeper.sync(work.stamped(latest)); },
        [this](const Result<void>& kept) { tellKept(kept); });
}

void ProjectFile::tellKept(const Result<void>& kept) {
    const bool before = std::exchange(failing_, !kept);
    if (!kept && !before) {
        Q_EMIT notKept(kept.error());
    }
}

void ProjectFile::save(const project::Project& project) { write(project, {}); }

void ProjectFile::saveAs(const project::Project& project, const QString& path) { write(project, withEnding(path)); }

void ProjectFile::write(const project::Project& project, const QString& path) {
    setBusy(+1);
    run(
        [project, to = pathOf(path)](Work& work) -> Result<std::string> {
            work.hashModel();
            MASKWRIGHT_TRY(to.empty() ? work.keeper.save(work.stamped(project))
                                      : work.keeper.saveAs(work.stamped(project), to));
            noteKept(QString::fromStdString(work.keeper.path().string()), project);
            return work.keeper.path().string();
        },
        [this, asked = added_](const Result<std::string>& written) {
            const bool latest = asked == added_;
            if (written) {
                path_ = QString::fromStdString(*written);
                failing_ = false;
                if (latest) {
                    again_.stop();
                }
            }
            setBusy(-1);
            if (written) {
                Q_EMIT saved(latest);
            } else {
                Q_EMIT failed(written.error());
            }
        });
}

void ProjectFile::close() {
    again_.stop();
    run(
        [](Work& work) -> Result<void> {
            work.keeper.close();
            return {};
        },
        [](const Result<void>&) {});
    lane_.waitForDone();
    path_.clear();
}

void ProjectFile::lookForLeft(const QStringList& projects) {
    std::vector<std::filesystem::path> paths;
    for (const QString& path : projects) {
        paths.push_back(pathOf(path));
    }
    run([folder = pathOf(folder_), paths](Work&) { return project::leftJournals(folder, paths); },
        [this](const Result<std::vector<project::LeftJournal>>& left) {
            if (left && !left->empty()) {
                Q_EMIT leftFound(*left);
            }
        });
}

void ProjectFile::discard(const project::LeftJournal& left) {
    run(
        [left, folder = pathOf(folder_)](Work&) -> Result<void> {
            project::discardLeft(left, folder);
            return {};
        },
        [](const Result<void>&) {});
}

}  // namespace maskwright::ui
