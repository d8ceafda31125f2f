// The open project's file and its journal (core/project/keeper.h), away from the GUI thread: what is asked here is done
// in that order on one thread of its own, and signals say what came of it. GUI thread.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>
#include <vector>

#include "core/project/format.h"
#include "core/project/keeper.h"

namespace maskwright::ui {

inline constexpr QLatin1String kProjectEnding(project::kProjectEnding.data(), int(project::kProjectEnding.size()));

class ProjectFile : public QObject {
    Q_OBJECT

  public:
    // `folder`: where journals lie that cannot lie beside a file; empty: in the person's own data of this program.
    explicit ProjectFile(const QString& folder = {}, QObject* parent = nullptr);
    // Waits for what is being written. The journals stay: only begin(), open() and close() give up what is unsaved.
    ~ProjectFile() override;

    // Empty: never saved.
    [[nodiscard]] const QString& path() const { return path_; }
    // For people, without its ending; empty without a file.
    [[nodiscard]] QString name() const;
    // Whether it is being opened or saved.
    [[nodiscard]] bool busy() const { return busy_ > 0; }
    [[nodiscard]] const QString& folder() const { return folder_; }

    // A new project.
    void begin();
    // `opened` or `failed` follows, or `unsavedFound` where `unsaved` is to ask.
    void open(const QString& path, project::Unsaved unsaved = project::Unsaved::ask);
    void recover(const QString& journal);  // the same of one in folder()
    // `edit` was done, and `after` is the project now. It is in the journal at once, and on the disk in five seconds.
    void add(const project::Edit& edit, const project::Project& after);
    // `saved` or `failed` follows. For a project that has a path.
    void save(const project::Project& project);
    // Whether a path is one of a project's file, by its ending.
    [[nodiscard]] static bool isProject(const QString& path);
    // The ending is added where it is missing.
    void saveAs(const project::Project& project, const QString& path);
    // What saveAs() would write to.
    [[nodiscard]] static QString withEnding(const QString& path);
    // What the project is to be opened with; goes into it when it is written. `weights`: its folder, whose hash is
    // taken then.
    void setModel(const project::Model& model, const QString& weights);
    // All is saved or given up: removes the journals. Waits.
    void close();

    // `leftFound` follows where there is anything, beside one of `projects` or in folder().
    void lookForLeft(const QStringList& projects);
    void discard(const project::LeftJournal& left);

  Q_SIGNALS:
    void opened(const maskwright::project::Opened& project);
    void unsavedFound(const maskwright::project::Opened& project);
    void saved(bool latest);  // `latest`: nothing was added since it was asked for
    // It was not opened or saved; all is as it was.
    void failed(const maskwright::Error& error);
    // The journal cannot be written: said once, until it can be again.
    void notKept(const maskwright::Error& error);
    void leftFound(const std::vector<maskwright::project::LeftJournal>& left);
    void changed();  // path() or busy()

  private:
    // Used on the lane alone.
    struct Work {
        explicit Work(const QString& folder) : keeper(folder.toStdString()) {}
        project::Keeper keeper;
        project::Model model;
        std::string weights;
        project::Project stamped(project::Project project) const;
        void hashModel();
    };
    // `work(Work&)` on the lane, then `done(result)` here.
    template <class Job, class Done>
    void run(Job job, Done done);
    template <class Read>
    void read(Read from);
    void take(const Result<project::Opened>& opened);
    void tellKept(const Result<void>& kept);
    void write(const project::Project& project, const QString& path);
    void sync();
    void setBusy(int change);
    QString folder_, path_;
    Work work_;
    QThreadPool lane_;
    QTimer again_;  // until what was added is forced to the disk
    project::Project latest_;
    quint64 added_ = 0;
    int busy_ = 0;
    int reading_ = 0;  // of them, projects that are being opened
    bool failing_ = false;
};

}  // namespace maskwright::ui
