// A whole folder: searching it, showing it, searching it anew when something else is wanted, and saving its masks.
#pragma once

#include <QTimer>
#include <optional>

#include "ui/folder/unfinished_masks.h"
#include "ui/shell/controller.h"
#include "ui/shell/workspace.h"

namespace maskwright::ui {

class FolderView;

class FolderController : public Controller {
    Q_OBJECT

  public:
    FolderController(Workspace& workspace, FolderView& view, QWidget& over);
    void openDialog();
    // Searches all pictures of a folder for what is wanted, and shows them best first.
    void open(const QString& folder);
    void show(bool shown);
    [[nodiscard]] bool shown() const { return shown_; }
    [[nodiscard]] bool any() const { return !workspace_.search.entries().empty(); }
    // Whether saving may begin: the button in the view, the one above it and the action are one.
    [[nodiscard]] bool saveable() const { return workspace_.search.complete() && !workspace_.masks.running(); }
    void saveDialog(output::Kind kind);
    // Saves the masks of all pictures of the folder that was searched; asks before it replaces a file.
    void save(const QString& target, output::Kind kind);
    // Asks whether a saving that was cut off is to be gone on with, where there is one.
    void offerUnfinished();
    // False where masks are still being saved: asks then, and `closeWanted` follows if the answer is to close.
    [[nodiscard]] bool mayClose();

  Q_SIGNALS:
    void shownChanged(bool shown);
    void phraseWanted();  // there is nothing to search for yet
    void pictureWanted(const QString& path);
    void closeWanted();

  private:
    void searchAgain();
    void askExisting(FolderMasksJob job, int taken);
    void start(FolderMasksJob job);
    void tellNotices();
    void tellProgress();
    void report(bool cancelled);
    void showDetails();
    void goOn(const UnfinishedMasks& masks);
    Workspace& workspace_;
    FolderView& view_;
    QTimer again_;                            // after the last key
    std::optional<UnfinishedMasks> goingOn_;  // with this, as soon as the folder's pictures are known
    bool shown_ = false;
    bool closeWhenSaved_ = false;
    bool toldNotices_ = false;  // the latest that was noticed is of the search
};

}  // namespace maskwright::ui
