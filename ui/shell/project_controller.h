// Projects: new, open, save, what a start finds of work that was never saved, and the question before unsaved work is
// given up.
#pragma once

#include <QPointer>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ui/model/project_file.h"
#include "ui/shell/controller.h"
#include "ui/shell/project_pictures.h"
#include "ui/shell/workspace.h"

class QMenu;
class QMessageBox;

namespace maskwright::ui {

class Actions;
class ModelController;
class OpenController;

class ProjectController : public Controller {
    Q_OBJECT

  public:
    ProjectController(Workspace& workspace, const Actions& actions, OpenController& opening, ModelController& models,
                      QWidget& over);

    // Offers what was left by a process that ended by force, unless a project is being opened.
    void start();
    // Each asks first where something would be lost.
    void begin();
    void open(const QString& path);
    void openDialog();

    void save();  // asks where to for a project without a file
    void saveAs();

    // False where something would be lost: asks then, and `closeWanted` follows if the answer is to close. When it is
    // true the project is closed.
    [[nodiscard]] bool mayClose();
    // The window's title for what is shown in it, with Qt's place for the mark of what is unsaved.
    [[nodiscard]] QString titled(const QString& shown) const;
    // Whether there is work that is in no file. What is typed to search a folder is none: it is the folder's.
    [[nodiscard]] bool unsaved() const;
    // Whether a folder is on display.
    void setFolderShown(bool shown) { folderShown_ = shown; }

  Q_SIGNALS:
    void closeWanted();

  private:
    void connectFile();
    void keep(const project::Edit& edit);
    void setClean();
    void tellReplaced(const project::PictureFile& had, const project::PictureFile& now);
    // Goes on at once, or when what is unsaved was saved or given up.
    void whenSafe(std::function<void()> next);
    void offer(const std::vector<project::LeftJournal>& left);
    void take(const project::Opened& opened);
    void show(const project::Project& project, bool clean, const QString& folder);
    void goOn();
    void tellModel();
    void checkModel(const session::ModelInfo& info);
    void refresh();
    void fillRecent(QMenu& menu);
    [[nodiscard]] QString firstPicture() const;  // a path; empty without one
    // Empty where none was chosen.
    [[nodiscard]] QString askPath();
    Workspace& workspace_;
    const Actions& actions_;
    OpenController& opening_;
    ModelController& models_;
    ProjectPictures pictures_;
    ProjectFile file_;
    std::function<void()> next_;    // when the project is saved
    QPointer<QMessageBox> asking_;  // about what is unsaved
    bool givenUp_ = false;          // what is unsaved, while next_ is done
    bool arriving_ = false;         // the opened project's first picture is on its way
    QStringList notices_;           // for then
    project::Model wanted_;         // the opened project's
    std::string told_;              // the model that was heard of last
    bool folderShown_ = false;
    bool fileFailed_ = false;                // the latest that failed was reading or writing the project
    bool foldersWords_ = false;              // what is typed was typed to search a folder
    std::optional<project::Project> clean_;  // what the file has; none where that is not known
};

}  // namespace maskwright::ui
