// The Help menu: keyboard shortcuts, the log, and who made all this. Owns the shortcuts, which are put in force as it
// is made.
#pragma once

#include "ui/model/preview.h"
#include "ui/model/shortcuts.h"
#include "ui/shell/actions.h"
#include "ui/shell/controller.h"

class QMenuBar;

namespace maskwright::ui {

// The actions of all menus, each with its menu, but for those that are made of what there is: models, recent files.
QList<std::pair<QAction*, QMenu*>> menuActions(const QMenuBar& bar);

class HelpController : public Controller {
    Q_OBJECT

  public:
    // Made after all actions are in the menus.
    HelpController(const Actions& actions, const QMenuBar& bar, const Preview& preview, QWidget& over);

  private:
    // Shows `Dialog`, made by `make`, or the one that is open.
    template <class Dialog, class Make>
    void show(Make make);
    const QMenuBar& bar_;
    const Preview& preview_;
    Shortcuts shortcuts_;
};

}  // namespace maskwright::ui
