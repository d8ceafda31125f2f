// Models as a test says: two built in, three published, and tasks that go on when the test says so.
#pragma once

#include <algorithm>
#include <set>

#include "ui/model/model_store.h"

namespace maskwright::ui {

class FakeModelStore : public ModelStore {
  public:
    FakeModelStore() {
        for (const char* name : {"mini", "sight"}) {
            StoredModel one;
            one.state = StoredModel::State::builtIn;
            one.name = name;
            one.folder = QStringLiteral("/models/") + name;
            one.bytes = 110'000'000;
            all.push_back(one);
        }
        for (const char* name : {"clipseg-rd64-refined", "clipseg-rd16", "clip-vit-base-patch32"}) {
            all.push_back(published(name));
        }
    }

    [[nodiscard]] std::vector<StoredModel> models() const override {
        ++looked;
        return all;
    }
    [[nodiscard]] QString hub(const QString& mirror) const override {
        return mirror.isEmpty()                             ? QStringLiteral("https://huggingface.co/")
               : mirror.startsWith(QLatin1String("https:")) ? mirror
                                                            : QString();
    }
    void fetch(const QString& name, const QString& mirror) override {
        fetched.push_back({name, mirror});
        running.insert(name);
    }
    void import(const QString& path, const QString& partner) override {
        imported.push_back({path, partner});
        running.insert(path);
    }
    void stop(const QString& task) override { stopped << task; }
    Result<void> remove(const QString& name) override {
        removed << name;
        if (removeFails) {
            return *removeFails;
        }
        if (StoredModel* one = find(name)) {
            *one = published(name);
        }
        return {};
    }

    // `share` of a download is here, at ten megabytes a second.
    void bring(const QString& name, double share) {
        ModelProgress at;
        at.step = ModelProgress::Step::receiving;
        at.total = find(name)->bytes;
        at.done = quint64(double(at.total) * share);
        at.bytesPerSecond = 10e6;
        find(name)->have = at.done;
        Q_EMIT progressed(name, at);
    }
    void step(const QString& task, ModelProgress::Step step, qint64 seconds = 0) {
        ModelProgress at;
        at.step = step;
        at.seconds = seconds;
        Q_EMIT progressed(task, at);
    }
    // The task is done, and the model there.
    void finish(const QString& name) {
        running.erase(name);
        StoredModel* one = find(name);
        one->state = StoredModel::State::yours;
        one->folder = QStringLiteral("/data/") + name;
        Q_EMIT ended(name, std::nullopt);
    }
    // It ends with an error; what has come of a download stays.
    void fail(const QString& task, const Error& error) {
        running.erase(task);
        if (StoredModel* one = find(task); one != nullptr && one->have > 0) {
            one->state = StoredModel::State::unfinished;
        }
        Q_EMIT ended(task, error);
    }
    void endStopped(const QString& task) { fail(task, {ErrorKind::cancelled, "stopped; what has come is kept", ""}); }
    StoredModel* find(const QString& name) {
        const auto found = std::find_if(all.begin(), all.end(), [&](const StoredModel& m) { return m.name == name; });
        return found == all.end() ? nullptr : &*found;
    }

    std::vector<StoredModel> all;
    std::vector<std::pair<QString, QString>> fetched, imported;
    std::set<QString> running;
    QStringList stopped, removed;
    std::optional<Error> removeFails;
    mutable int looked = 0;

  private:
    static StoredModel published(const QString& name) {
        StoredModel one;
        one.name = name;
        one.repository = QStringLiteral("OWNER/") + name;
        one.licence = QStringLiteral("Apache-2.0");
        one.bytes = 604'000'000;
        one.clip = name.startsWith(QLatin1String("clip-"));
        return one;
    }
};

}  // namespace maskwright::ui
