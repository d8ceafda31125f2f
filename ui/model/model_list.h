// The models as the window shows them: what the store has, the folders that the person opened, what is being downloaded
// or imported, what went wrong with it, and what can be done with each. GUI thread.
#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "ui/model/model_store.h"

namespace maskwright::ui {

// One line of the list.
struct ModelEntry {
    StoredModel model;
    QString id;                             // what it is opened by: its name, or the folder of one that has none
    bool inUse = false;                     // finds what a phrase names
    bool whichOne = false;                  // answers "which one" in the other's stead
    bool importing = false;                 // no model yet; id is the path
    bool asked = false;                     // for by its repository, which no list has; id is the repository
    bool stopping = false;                  // its task was asked to end
    std::optional<ModelProgress> progress;  // of its task, while it runs
    std::optional<Error> error;             // why its last one failed
};

enum class ModelAction {
    use,
    useForWhich,
    leaveWhich,
    download,
    resume,
    pause,
    cancel,
    remove,
    forget,
    dismiss,
    reveal
};
// What can be done with it now, the likeliest first. A model in use cannot be removed.
std::vector<ModelAction> actionsOf(const ModelEntry& entry);

// "210 MB of 605 MB · 3.2 MB/s · 2 min left".
QString progressText(const ModelProgress& progress);
// 0..100; -1: not known.
int percentOf(const ModelProgress& progress);
QString sizeText(quint64 bytes);

class ModelList : public QObject {
    Q_OBJECT

  public:
    explicit ModelList(ModelStore& store, QObject* parent = nullptr);

    // Built-in ones, the person's own, folders, imports, then what is not here.
    [[nodiscard]] std::vector<ModelEntry> entries() const;
    // Null where there is none.
    [[nodiscard]] std::optional<ModelEntry> find(const QString& id) const;
    // Looks at the disk again.
    void refresh();
    // The models in use, by id; `which` empty: the first answers "which one" as well.
    void setUsed(const QString& model, const QString& which);

    // What the address of the settings leads to.
    [[nodiscard]] QString hub() const;
    // Begins, or goes on with what has come.
    void download(const QString& name);
    // The same of any repository of CLIPSeg or CLIP, OWNER/NAME or its address. The id of its line; where a model of
    // that NAME is here already nothing is begun, and it is that one's.
    QString downloadRepository(const QString& repository);
    // Whether it can be one.
    [[nodiscard]] static bool isRepository(const QString& text);
    void import(const QString& path, const QString& partner = {});
    // What has come stays.
    void pause(const QString& id);
    // What has come goes, also that of a download which does not run.
    void cancel(const QString& id);
    // Deletes one of the person's own, or forgets a folder.
    void remove(const QString& id);
    // Takes a failed import off the list, or a failed download that no list has.
    void dismiss(const QString& id);
    [[nodiscard]] int running() const { return int(tasks_.size()); }

  Q_SIGNALS:
    void changed();                                                  // entries, or what can be done with them
    void progressed(const QString& id);                              // of one alone
    void arrived(const QString& id);                                 // downloaded or imported
    void failed(const QString& id, const maskwright::Error& error);  // its task; not where it was stopped

  private:
    struct Task {
        ModelProgress progress;
        bool import = false, stopping = false, discard = false;
    };
    void begin(const QString& id, bool import);
    void settle(const QString& repository);
    [[nodiscard]] QString idOf(const StoredModel& model) const;
    void end(const QString& id, const std::optional<Error>& error);
    void removed(const QString& id, const Result<void>& result);
    [[nodiscard]] ModelEntry entryOf(StoredModel model, const QString& id) const;
    ModelStore& store_;
    std::vector<StoredModel> models_;  // the store's, and folders
    std::map<QString, Task> tasks_;
    std::map<QString, Error> errors_;
    std::set<QString> failedImports_;
    std::set<QString> asked_;  // repositories that were asked for and of which no list has anything yet
    QString used_, which_;
};

}  // namespace maskwright::ui
