// Edit > Settings: shows the dialog and carries out what was chosen, all of it at once. Other options of the engine are
// kept only when the model opens with them.
#pragma once

#include "ui/dialogs/settings_dialog.h"
#include "ui/model/jobs.h"
#include "ui/model/preview.h"
#include "ui/shell/actions.h"
#include "ui/shell/controller.h"

namespace maskwright::ui {

class SettingsController : public Controller {
    Q_OBJECT

  public:
    SettingsController(Preview& preview, Jobs& jobs, Actions& actions, QWidget& over);
    void open();

  private:
    void take(const Settings& settings);
    void openEngine(const Preferences& before, const Preferences& now);
    [[nodiscard]] Settings now() const;
    Preview& preview_;
    Jobs& jobs_;
    Actions& actions_;
};

}  // namespace maskwright::ui
