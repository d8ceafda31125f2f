// Everything that goes out through the export dialog: what it offers, what it asks before files are replaced, how far
// it is, and what became of it.
#pragma once

#include <memory>
#include <optional>

#include "ui/dialogs/export_dialog.h"
#include "ui/folder/export_run.h"
#include "ui/shell/controller.h"
#include "ui/shell/workspace.h"

namespace maskwright::ui {

class ExportController : public Controller {
    Q_OBJECT

  public:
    ExportController(Workspace& workspace, QWidget& over);
    ~ExportController() override;
    // The dialog, or where an export is running how far it is.
    void show();
    // The same, with the visible rows of the open picture as this kind chosen.
    void showRows(output::Kind kind);
    // False while an export is running: asks then, and `closeWanted` follows if the answer is to close.
    [[nodiscard]] bool mayClose();
    [[nodiscard]] const ExportRun& run() const { return run_; }

  Q_SIGNALS:
    void closeWanted();

  private:
    void make();
    // There is a dialog after it. It has what the project keeps of the choices, where that has become another: another
    // project was opened, or what an export was asked for was undone.
    void prepare();
    void proposeFolder();
    // What the dialog shows is the document's.
    void follow();
    [[nodiscard]] PreviewScene scene(const ExportSource& source) const;
    void wanted();
    void askReplace(ExportPlan plan);
    void begin(ExportPlan plan);
    void keepExported(const ExportPlan& plan);
    void remember(const ExportPlan& plan);
    void tellProgress();
    void report(const std::optional<Error>& error);
    Workspace& workspace_;
    ExportRun run_;
    std::unique_ptr<ExportDialog> dialog_;  // once it was wanted
    QTimer soon_;                           // many changes of the document are one
    ExportChoice kept_;                     // what the project kept when the dialog took it
    QString proposed_;                      // the dialog's folder, while it is not the person's own
    bool closeWhenEnded_ = false;
};

}  // namespace maskwright::ui
