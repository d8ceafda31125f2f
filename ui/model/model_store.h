// What the window asks of the models on this computer and of those that can be had: a port. The program
// (app/maskwright) makes it of core/store and the network, tests of a script. GUI thread.
#pragma once

#include <QObject>
#include <QString>
#include <optional>
#include <vector>

#include "core/base/result.h"

namespace maskwright::ui {

struct StoredModel {
    enum class State {
        builtIn,
        yours,       // downloaded or imported
        folder,      // anywhere, opened by the person; no store lists one
        unfinished,  // a download that was begun
        published,   // not here
    };
    State state = State::published;
    QString name;
    QString folder;        // where it lies; empty: not here
    QString repository;    // on the hub; empty of one that is not from there
    QString licence;       // SPDX; empty where nobody said
    QString importedFrom;  // a path
    Message purpose;       // what it is for; empty where nobody said
    quint64 bytes = 0;     // of its files; of a published one about
    quint64 have = 0;      // of an unfinished one: what is here
    bool clip = false;     // a CLIP alone: answers "which one" and finds nothing by itself
    bool operator==(const StoredModel&) const = default;
    // It can be opened.
    [[nodiscard]] bool here() const { return state < State::unfinished; }
};

// How far a task is.
struct ModelProgress {
    enum class Step {
        asking,     // the hub what there is
        receiving,  // its files
        waiting,    // before the next attempt
        opening,    // trying the model
        copying,    // what is imported
    };
    Step step = Step::asking;
    quint64 done = 0, total = 0;  // bytes; total 0: not known yet
    double bytesPerSecond = 0;    // 0: not known yet
    qint64 seconds = 0;           // of a wait
    bool operator==(const ModelProgress&) const = default;
};

class ModelStore : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;
    // As the disk has them now; never asks the network. Built-in ones, the person's own, unfinished, published.
    [[nodiscard]] virtual std::vector<StoredModel> models() const = 0;
    // Where downloads come from with this mirror, empty for none: an address.
    [[nodiscard]] virtual QString hub(const QString& mirror) const = 0;
    // A task: progressed() comes while it runs, ended() once, neither before this returns. A download goes on with what
    // has come. `mirror`: in the hub's stead; empty: the environment's, else the hub.
    virtual void fetch(const QString& name, const QString& mirror) = 0;
    // A task called by its path: a folder or a file. `partner`: for a decoder or one of OpenAI's files the model whose
    // CLIP or vocabulary goes with it, by name or folder; empty: none.
    virtual void import(const QString& path, const QString& partner) = 0;
    // The task ends soon, with ErrorKind::cancelled; what has come of a download stays.
    virtual void stop(const QString& task) = 0;
    // Deletes one of the person's models, or what has come of an unfinished one.
    virtual Result<void> remove(const QString& name) = 0;

  Q_SIGNALS:
    void progressed(const QString& task, const maskwright::ui::ModelProgress& progress);
    void ended(const QString& task, const std::optional<maskwright::Error>& error);
};

}  // namespace maskwright::ui
