// Projects: new, open, save, what a start finds of work that was never saved, pictures that are missing, and the
// question before unsaved work is given up.
#pragma once

#include <QPointer>
#include <functional>
#include <optional>
#include <stop_token>

#include "ui/model/project_file.h"
#include "ui/shell/controller.h"
#include "ui/shell/workspace.h"

class QMenu;
class QMessageBox;

namespace maskwright::ui {

class Actions;
class MissingPictures;
class ModelController;
class OpenController;

class ProjectController : public Controller {
    Q_OBJECT

  public:
    ProjectController(Workspace& workspace, const Actions& actions, OpenController& opening, ModelController& models,
                      QWidget& over);
    ~ProjectController() override;
    [[nodiscard]] static bool isProject(const QString& path);

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
    // Whether there is work that is in no file.
    [[nodiscard]] bool unsaved() const;

  Q_SIGNALS:
    void closeWanted();

  private:
    void connectFile();
    void whenSafe(std::function<void()> next);
    void askUnsaved();
    void askRecover(const project::Opened& found);
    void offer(std::vector<project::LeftJournal> left);
    void take(const project::Opened& opened);
    void goOn();
    void tellNotices();
    void tellModel();
    void wantModel();
    void checkModel();
    void listPictures();
    void lookForPictures(const QString& folder);
    void showMissing();
    void fillRecent(QMenu& menu);
    [[nodiscard]] QString askPath();
    Workspace& workspace_;
    const Actions& actions_;
    OpenController& opening_;
    ModelController& models_;
    ProjectFile file_;
    std::function<void()> next_;      // when the project is saved
    QPointer<QMessageBox> asking_;    // about what is unsaved
    QStringList notices_;             // until the first picture is there
    bool arriving_ = false;           // the opened project's first picture is on its way
    bool givenUp_ = false;            // what is unsaved, for the window that closes
    std::vector<project::PictureFile> missing_;
    QPointer<MissingPictures> missingDialog_;
    std::stop_source looking_;
    project::Model wanted_;  // the opened project's
};

}  // namespace maskwright::ui
