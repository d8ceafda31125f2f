// The models dialog and what goes on without it: downloads in the status bar, what came or failed, the card on the
// start page, and which CLIP answers "which one".
#pragma once

#include <QPointer>

#include "ui/model/candidates.h"
#include "ui/model/model_list.h"
#include "ui/shell/controller.h"

class QAction;
class QToolButton;

namespace maskwright::ui {

class ModelController;
class ModelsDialog;

class ModelsController : public Controller {
    Q_OBJECT

  public:
    // `open` is the dialog's menu entry.
    ModelsController(ModelList& models, ModelController& model, Candidates& candidates, QAction& open, QWidget& over);
    ~ModelsController() override;
    // For the status bar: the download that runs, while one does. A click opens the dialog.
    [[nodiscard]] QWidget& downloads() const;
    // With `id` in view; empty: from the top.
    void openDialog(const QString& id = {});
    // Texts in the language in use.
    void retranslate() { showDownloads(); }

  private:
    void useForWhich(const QString& id);
    void showDownloads();
    void tell(const QString& id);
    ModelList& models_;
    ModelController& model_;
    Candidates& candidates_;
    QToolButton* downloads_;  // the window's as soon as it is in the status bar
    QPointer<ModelsDialog> dialog_;
};

}  // namespace maskwright::ui
