#include "ui/model/model_list.h"

#include <QFileInfo>
#include <QLocale>
#include <QSettings>
#include <QUrl>
#include <algorithm>
#include <cmath>

#include "core/base/repository.h"
#include "ui/model/settings.h"

namespace maskwright::ui {

using State = StoredModel::State;

namespace {

// "https://huggingface.co/OWNER/NAME/" -> "OWNER/NAME"; what is no address stays as it is.
QString repositoryIn(const QString& text) {
    const QString trimmed = text.trimmed();
    const QUrl address(trimmed);
    return address.scheme().startsWith(QLatin1String("http")) ? address.path().section('/', 1, 2) : trimmed;
}

QString nameOf(const QString& repository) { return repository.section('/', -1); }

}  // namespace

std::vector<ModelAction> actionsOf(const ModelEntry& entry) {
    using A = ModelAction;
    if (entry.progress) {
        if (entry.stopping) {
            return {};
        }
        return entry.importing ? std::vector{A::cancel} : std::vector{A::pause, A::cancel};
    }
    if (entry.importing) {
        return {A::dismiss};
    }
    if (entry.asked) {
        return {A::download, A::dismiss};
    }
    if (entry.model.state == State::published) {
        return {A::download};
    }
    if (entry.model.state == State::unfinished) {
        return {A::resume, A::cancel};
    }
    std::vector<A> actions;
    if (entry.model.clip) {
        actions.push_back(entry.whichOne ? A::leaveWhich : A::useForWhich);
    } else if (!entry.inUse) {
        actions.push_back(A::use);
    }
    actions.push_back(A::reveal);
    if (!entry.inUse && !entry.whichOne) {
        if (entry.model.state == State::yours) {
            actions.push_back(A::remove);
        } else if (entry.model.state == State::folder) {
            actions.push_back(A::forget);
        }
    }
    return actions;
}

QString sizeText(quint64 bytes) {
    return QLocale().formattedDataSize(qint64(bytes), bytes < 1'000'000'000 ? 0 : 1, QLocale::DataSizeSIFormat);
}

int percentOf(const ModelProgress& progress) {
    return progress.total == 0 ? -1 : int(100 * std::min(progress.done, progress.total) / progress.total);
}

namespace {

QString timeLeft(double seconds) {
    if (seconds < 90) {
        return ModelList::tr("%n s left", nullptr, int(std::ceil(seconds)));
    }
    const double minutes = std::ceil(seconds / 60);
    return minutes < 90 ? ModelList::tr("%n min left", nullptr, int(minutes))
                        : ModelList::tr("%n h left", nullptr, int(std::min(std::round(minutes / 60), 9999.0)));
}

}  // namespace

QString progressText(const ModelProgress& at) {
    using Step = ModelProgress::Step;
    switch (at.step) {
        case Step::asking:
            return ModelList::tr("Asking what there is…");
        case Step::waiting:
            return ModelList::tr("The other side is busy or away: next try in %n s", nullptr, int(at.seconds));
        case Step::opening:
            return ModelList::tr("Trying the model…");
        case Step::receiving:
        case Step::copying:
            break;
    }
    QStringList parts{ModelList::tr("%1 of %2").arg(sizeText(at.done), sizeText(at.total))};
    if (at.bytesPerSecond > 0) {
        parts << ModelList::tr("%1/s").arg(
            QLocale().formattedDataSize(qint64(at.bytesPerSecond), 1, QLocale::DataSizeSIFormat));
        if (at.done < at.total) {
            parts << timeLeft(double(at.total - at.done) / at.bytesPerSecond);
        }
    }
    return parts.join(QStringLiteral(" · "));
}

ModelList::ModelList(ModelStore& store, QObject* parent) : QObject(parent), store_(store) {
    connect(&store_, &ModelStore::progressed, this, [this](const QString& id, const ModelProgress& at) {
        if (const auto found = tasks_.find(id); found != tasks_.end()) {
            found->second.progress = at;
            Q_EMIT progressed(id);
        }
    });
    connect(&store_, &ModelStore::ended, this, &ModelList::end);
    refresh();
}

void ModelList::refresh() {
    models_ = store_.models();
    const auto known = [this](const QString& id) {
        return std::any_of(models_.begin(), models_.end(),
                           [&](const StoredModel& one) { return one.name == id || one.folder == id; });
    };
    QStringList folders = QSettings().value(settings::kRecentModels).toStringList();
    if (used_.contains('/') && !folders.contains(used_)) {
        folders.prepend(used_);
    }
    for (const QString& folder : folders) {
        if (!known(folder) && (folder == used_ || QFileInfo(folder).isDir())) {
            StoredModel one;
            one.state = State::folder;
            one.name = QFileInfo(folder).fileName();
            one.folder = folder;
            models_.push_back(one);
        }
    }
    Q_EMIT changed();
}

void ModelList::setUsed(const QString& model, const QString& which) {
    used_ = model;
    which_ = which;
    refresh();
}

ModelEntry ModelList::entryOf(StoredModel model, const QString& id) const {
    ModelEntry entry;
    entry.id = id;
    entry.inUse = model.here() && (used_ == id || used_ == model.folder);
    entry.whichOne = model.here() && !which_.isEmpty() && (which_ == id || which_ == model.folder);
    if (const auto task = tasks_.find(id); task != tasks_.end()) {
        entry.progress = task->second.progress;
        entry.stopping = task->second.stopping;
    }
    if (const auto error = errors_.find(id); error != errors_.end()) {
        entry.error = error->second;
    }
    entry.model = std::move(model);
    return entry;
}

// While it is downloaded by its repository it is called by that, as its task is.
QString ModelList::idOf(const StoredModel& model) const {
    if (model.state == State::folder) {
        return model.folder;
    }
    return model.state == State::unfinished && asked_.contains(model.repository) ? model.repository : model.name;
}

std::vector<ModelEntry> ModelList::entries() const {
    std::vector<ModelEntry> all, rest;
    for (const StoredModel& model : models_) {
        auto& part = model.here() ? all : rest;
        part.push_back(entryOf(model, idOf(model)));
    }
    for (const QString& repository : asked_) {
        if (std::none_of(rest.begin(), rest.end(), [&](const auto& entry) { return entry.id == repository; })) {
            StoredModel coming;
            coming.name = nameOf(repository);
            coming.repository = repository;
            rest.push_back(entryOf(coming, repository));
            rest.back().asked = true;
        }
    }
    std::set<QString> imports = failedImports_;
    for (const auto& [id, task] : tasks_) {
        if (task.import) {
            imports.insert(id);
        }
    }
    for (const QString& path : imports) {
        StoredModel coming;
        coming.name = QFileInfo(path).fileName();
        coming.importedFrom = path;
        all.push_back(entryOf(coming, path));
        all.back().importing = true;
    }
    all.insert(all.end(), rest.begin(), rest.end());
    return all;
}

std::optional<ModelEntry> ModelList::find(const QString& id) const {
    for (ModelEntry& entry : entries()) {
        if (entry.id == id) {
            return std::move(entry);
        }
    }
    return std::nullopt;
}

QString ModelList::hub() const { return store_.hub(QSettings().value(settings::kMirror).toString()); }

void ModelList::download(const QString& name) {
    if (!tasks_.contains(name)) {
        begin(name, false);
        store_.fetch(name, QSettings().value(settings::kMirror).toString());
    }
}

bool ModelList::isRepository(const QString& text) { return maskwright::isRepository(repositoryIn(text).toStdString()); }

QString ModelList::downloadRepository(const QString& text) {
    const QString repository = repositoryIn(text);
    for (const StoredModel& model : models_) {
        const bool same = model.repository.compare(repository, Qt::CaseInsensitive) == 0;
        if (model.here() ? same || model.name == nameOf(repository) : same) {
            if (!model.here()) {
                download(idOf(model));
            }
            return idOf(model);
        }
    }
    asked_.insert(repository);
    download(repository);
    return repository;
}

void ModelList::import(const QString& path, const QString& partner) {
    if (!tasks_.contains(path)) {
        begin(path, true);
        store_.import(path, partner);
    }
}

void ModelList::begin(const QString& id, bool import) {
    errors_.erase(id);
    failedImports_.erase(id);
    Task task;
    task.import = import;
    task.progress.step = import ? ModelProgress::Step::copying : ModelProgress::Step::asking;
    tasks_[id] = task;
    Q_EMIT changed();
}

void ModelList::end(const QString& id, const std::optional<Error>& error) {
    const auto found = tasks_.find(id);
    if (found == tasks_.end()) {
        return;
    }
    const Task task = found->second;
    tasks_.erase(found);
    const bool stopped = error && error->kind == ErrorKind::cancelled;
    if (error && !stopped) {
        errors_[id] = *error;
        if (task.import) {
            failedImports_.insert(id);
        }
    }
    const bool byRepository = asked_.contains(id);
    const QString name = byRepository ? nameOf(id) : id;
    if (error && task.discard && !task.import) {
        removed(name, store_.remove(name));
    } else {
        refresh();
    }
    if (byRepository) {
        settle(id);
    }
    if (error && !stopped) {
        Q_EMIT failed(name, *error);
    } else if (!error) {
        Q_EMIT arrived(name);
    }
}

// What has come of a repository is called by its name from now on; of one that has only failed the line stays.
void ModelList::settle(const QString& repository) {
    const bool listed = std::any_of(models_.begin(), models_.end(),
                                    [&](const StoredModel& model) { return model.repository == repository; });
    const auto error = errors_.find(repository);
    if (listed && error != errors_.end()) {
        errors_.insert_or_assign(nameOf(repository), error->second);
        errors_.erase(error);
    }
    if (listed || !errors_.contains(repository)) {
        asked_.erase(repository);
    }
    Q_EMIT changed();
}

void ModelList::pause(const QString& id) {
    if (const auto task = tasks_.find(id); task != tasks_.end()) {
        task->second.stopping = true;
        Q_EMIT changed();
        store_.stop(id);
    }
}

void ModelList::cancel(const QString& id) {
    if (const auto task = tasks_.find(id); task != tasks_.end()) {
        task->second.discard = true;
        pause(id);
    } else if (const auto entry = find(id); entry && entry->model.state == State::unfinished) {
        removed(id, store_.remove(id));
    }
}

void ModelList::remove(const QString& id) {
    const auto entry = find(id);
    if (!entry || entry->inUse || entry->whichOne) {
        return;
    }
    if (entry->model.state == State::folder) {
        QSettings settings;
        QStringList folders = settings.value(settings::kRecentModels).toStringList();
        folders.removeAll(id);
        settings.setValue(settings::kRecentModels, folders);
        refresh();
    } else if (entry->model.state == State::yours) {
        removed(id, store_.remove(id));
    }
}

void ModelList::removed(const QString& id, const Result<void>& result) {
    errors_.erase(id);
    if (!result) {
        errors_.insert_or_assign(id, result.error());
    }
    refresh();
}

void ModelList::dismiss(const QString& id) {
    errors_.erase(id);
    failedImports_.erase(id);
    asked_.erase(id);
    Q_EMIT changed();
}

}  // namespace maskwright::ui
