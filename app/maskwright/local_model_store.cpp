#include "app/maskwright/local_model_store.h"

#include <chrono>
#include <filesystem>
#include <set>

#include "app/maskwright/engine_library.h"
#include "app/net/qt_transport.h"
#include "core/store/catalogue.h"
#include "core/store/fetch.h"
#include "core/store/import.h"
#include "core/store/licence.h"
#include "core/store/staging.h"
#include "core/store/store.h"
#include "ui/model/background.h"

namespace maskwright {
namespace {

using ui::ModelProgress;
using ui::StoredModel;
using State = StoredModel::State;

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

quint64 bytesIn(const std::string& folder) {
    quint64 sum = 0;
    std::error_code failed;
    for (std::filesystem::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
        std::error_code none;
        const auto size = it->is_regular_file(none) ? it->file_size(none) : 0;
        sum += none ? 0 : size;
    }
    return sum;
}

// A folder with an unreadable config.json is no CLIP: opening it says what is wrong.
bool isClip(const std::string& folder) {
    const auto clip = store::isClipAlone(folder);
    return clip && *clip;
}

StoredModel builtIn(const store::Model& model) {
    StoredModel one;
    one.state = State::builtIn;
    one.name = text(model.name);
    one.folder = text(model.folder);
    one.bytes = bytesIn(model.folder);
    one.licence = text(store::licencesIn(model.folder));
    one.clip = isClip(model.folder);
    return one;
}

// What the list of published models says of one that is called so.
StoredModel published(const store::Published* known, State state) {
    StoredModel one;
    one.state = state;
    if (known != nullptr) {
        one.name = text(known->name);
        one.repository = text(known->repository);
        one.licence = text(known->licence);
        one.purpose = known->purpose;
        one.bytes = known->bytes;
        one.clip = !known->clipseg;
    }
    return one;
}

StoredModel yours(const store::UserModel& own) {
    StoredModel one = published(store::findPublished(own.model.name), State::yours);
    one.name = text(own.model.name);
    one.folder = text(own.model.folder);
    one.repository = text(own.origin.repository);
    one.licence = text(own.origin.licence);
    one.importedFrom = text(own.origin.importedFrom);
    one.bytes = own.bytes;
    one.clip = isClip(own.model.folder);
    return one;
}

StoredModel unfinished(const store::Unfinished& begun) {
    StoredModel one = published(store::findPublished(begun.name), State::unfinished);
    one.name = text(begun.name);
    one.repository = text(begun.repository);
    one.bytes = begun.total;
    one.have = begun.bytes;
    return one;
}

// The repository of a download that was begun elsewhere and that no list knows by its name.
std::string fetchable(const std::string& name) {
    const std::string place = store::userPlace();
    if (store::findPublished(name) == nullptr && !place.empty()) {
        for (const store::Unfinished& begun : store::unfinishedIn(place)) {
            if (begun.name == name && !begun.repository.empty()) {
                return begun.repository;
            }
        }
    }
    return name;
}

ModelProgress progressOf(const store::FetchProgress& at) {
    using Step = store::FetchProgress::Step;
    const ModelProgress::Step step = at.step == Step::asking      ? ModelProgress::Step::asking
                                     : at.step == Step::receiving ? ModelProgress::Step::receiving
                                     : at.step == Step::waiting   ? ModelProgress::Step::waiting
                                                                  : ModelProgress::Step::opening;
    return {step, at.done, at.total, at.bytesPerSecond, at.seconds};
}

}  // namespace

LocalModelStore::LocalModelStore(QString library, QObject* parent) : ModelStore(parent), library_(std::move(library)) {}

LocalModelStore::~LocalModelStore() {
    for (auto& [task, thread] : tasks_) {
        thread.request_stop();
    }
    tasks_.clear();  // joins them: nothing is told after this
}

std::vector<StoredModel> LocalModelStore::models() const {
    std::vector<StoredModel> all;
    std::set<QString> here;
    const auto add = [&](StoredModel one) {
        here.insert(one.name);
        all.push_back(std::move(one));
    };
    for (const store::Model& model : store::builtInModels()) {
        add(builtIn(model));
    }
    for (const store::UserModel& own : store::userModels()) {
        if (!here.contains(text(own.model.name))) {
            add(yours(own));
        }
    }
    if (const std::string place = store::userPlace(); !place.empty()) {
        for (const store::Unfinished& begun : store::unfinishedIn(place)) {
            // What an import leaves where it was killed has no repository to go on with.
            if (!begun.repository.empty() && !here.contains(text(begun.name))) {
                add(unfinished(begun));
            }
        }
    }
    for (const store::Published& one : store::publishedModels()) {
        if (!here.contains(text(one.name))) {
            add(published(&one, State::published));
        }
    }
    return all;
}

QString LocalModelStore::hub(const QString& mirror) const {
    const auto endpoint = store::Endpoint::choose(mirror.toStdString());
    return endpoint ? text(endpoint->url.text()) : QString();
}

void LocalModelStore::fetch(const QString& name, const QString& mirror) {
    const std::string wanted = fetchable(name.toStdString());
    store::FetchOptions options;
    options.mirror = mirror.toStdString();
    options.check = check();
    run(name, [wanted, options](const Tell& tell, const std::stop_token& stop) -> Result<void> {
        net::QtTransport transport;
        const auto fetched = store::fetch(
            wanted, transport, options, [&](const store::FetchProgress& at) { tell(progressOf(at)); }, stop);
        return fetched ? Result<void>() : fetched.error();
    });
}

void LocalModelStore::import(const QString& path, const QString& partner) {
    store::ImportOptions options;
    options.check = check();
    run(path,
        [path = path.toStdString(), partner = partner.toStdString(), options](
            const Tell& tell, const std::stop_token& stop) mutable -> Result<void> {
            if (!partner.empty()) {
                const auto model = store::find(partner);
                if (!model) {
                    return model.error();
                }
                options.clip = options.vocabulary = model->folder;
            }
            const auto taken = store::importModel(
                path, options,
                [&](const Progress& at) {
                    tell({ModelProgress::Step::copying, quint64(at.done), quint64(at.total), 0, 0});
                },
                stop);
            return taken ? Result<void>() : taken.error();
        });
}

void LocalModelStore::stop(const QString& task) {
    if (const auto found = tasks_.find(task); found != tasks_.end()) {
        found->second.request_stop();
    }
}

Result<void> LocalModelStore::remove(const QString& name) { return store::removeModel(name.toStdString()); }

// On a thread of its own; the GUI thread hears of it at most ten times a second, and of every other step.
void LocalModelStore::run(const QString& task, Work work) {
    if (tasks_.contains(task)) {
        return;
    }
    tasks_[task] = std::jthread([this, task, work = std::move(work)](const std::stop_token& stop) {
        using Clock = std::chrono::steady_clock;
        std::optional<ModelProgress::Step> step;
        Clock::time_point told;
        const Tell tell = [&](const ModelProgress& at) {
            const auto now = Clock::now();
            if (at.step == step && now - told < std::chrono::milliseconds(100)) {
                return;
            }
            step = at.step;
            told = now;
            QMetaObject::invokeMethod(
                this, [this, task, at] { Q_EMIT progressed(task, at); }, Qt::QueuedConnection);
        };
        std::optional<Error> error;
        auto all = [&] { return work(tell, stop); };
        if (const Result<void> done = ui::detail::guarded(all); !done) {
            error = done.error();
        }
        QMetaObject::invokeMethod(
            this,
            [this, task, error] {
                tasks_.erase(task);
                Q_EMIT ended(task, error);
            },
            Qt::QueuedConnection);
    });
}

std::function<Result<void>(const std::string&)> LocalModelStore::check() const {
    return [library = library_](const std::string& folder) -> Result<void> {
        const EngineApi* api = nullptr;
        if (const auto problem = openEngineLibrary(library, api)) {
            return *problem;
        }
        return api->tryModel(folder);
    };
}

}  // namespace maskwright
