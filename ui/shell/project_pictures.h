// The pictures of the open project: in the list of pictures, and looked for by what is in them where they are missing.
#pragma once

#include <QPointer>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/project/moved.h"
#include "ui/shell/controller.h"
#include "ui/shell/workspace.h"

class QAction;

namespace maskwright::ui {

class MissingPictures;

class ProjectPictures : public Controller {
    Q_OBJECT

  public:
    // `action` shows which are missing, and can be used while some are.
    ProjectPictures(Workspace& workspace, QAction& action, QWidget& over);
    ~ProjectPictures() override;
    // The document's project has become another: its pictures take the place of those in the list. Missing ones are
    // looked for in `folder` unasked (empty: nowhere); those that stay missing are shown. -> the first that is there;
    // empty: none.
    QString list(const QString& folder);
    // Where the project's file is now; empty: nowhere.
    void setFolder(const QString& folder) { folder_ = folder; }
    // Another picture lies where this one was, a picture's or an example's: it is looked for by its hash below the
    // project's folder, and is missing until it is found. `lost`: where it is not.
    void lookFor(const project::PictureFile& replaced, std::function<void()> lost = {});
    // A picture of the list is not where it was: looked for in the same way, where the project has it. Without a
    // project's file it is looked for where it was.
    void lookForMissing(const QString& path);

  Q_SIGNALS:
    void pictureWanted(const QString& path);  // found: the one in hand, or the first where nobody chose one yet

  private:
    void lookIn(const QString& folder, bool unasked);
    void take(const project::Whereabouts& looked);
    [[nodiscard]] QString inHand() const;  // the list's, shown or not; empty: none
    [[nodiscard]] QString firstThere() const;
    void setMissing(std::vector<project::PictureFile> missing);
    void show();
    Workspace& workspace_;
    QAction& action_;
    std::vector<project::PictureFile> missing_;
    std::vector<project::PictureFile> replaced_;                        // in whose place another lies
    std::vector<std::pair<std::string, std::function<void()>>> asked_;  // lookFor()'s, by hash, until it is known
    QString folder_;
    QString begun_;  // what list() gave, while nobody has done anything since
    std::stop_source looking_;
    bool unasked_ = false;  // what is still missing when the search ends is shown
    QPointer<MissingPictures> dialog_;
    int project_ = 0;  // how many there were: what comes late is another's
};

}  // namespace maskwright::ui
