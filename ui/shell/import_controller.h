// Brings annotations of other programs in as rows: from the menu, or dropped beside an open picture.
#pragma once

#include "ui/shell/controller.h"
#include "ui/shell/workspace.h"

class QMimeData;

namespace maskwright::ui {

class ImportController : public Controller {
    Q_OBJECT

  public:
    ImportController(Workspace& workspace, QWidget& over);
    void openDialog();
    // One undoable edit, when the files are read.
    void import(const QStringList& files);
    // Whether what was dropped are annotations, for pictures that are open: it is imported then.
    bool take(const QMimeData& dropped);

  private:
    Workspace& workspace_;
};

}  // namespace maskwright::ui
