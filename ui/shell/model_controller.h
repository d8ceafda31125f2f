// The choice of a model: the menu of built-in ones and of folders opened before, and what happens when one is taken. A
// model is opened first and switched to only if it opens; only those that opened are remembered.
#pragma once

#include "ui/model/jobs.h"
#include "ui/model/preview.h"
#include "ui/shell/controller.h"

class QAction;
class QActionGroup;
class QMenu;

namespace maskwright::ui {

class ModelController : public Controller {
    Q_OBJECT

  public:
    // Fills `menu`, with `openFolder` at its end.
    ModelController(Preview& preview, Jobs& jobs, Inference& inference, QMenu& menu, QAction& openFolder,
                    QWidget& over);
    // Of the model in use, or of the one that is to be opened.
    [[nodiscard]] QString name() const;
    // Asks the engine to open it, and goes on in use().
    void choose(const QString& model);

  private:
    void rebuild();
    void add(const QString& model, const QString& title);
    void use(const QString& model);
    void openFolder();
    // The model that the window began with does not open: the built-in one is taken.
    void fallBack(const Error& error);
    Preview& preview_;
    Jobs& jobs_;
    Inference& inference_;
    QMenu& menu_;
    QAction& openFolder_;
    QActionGroup* models_;
};

}  // namespace maskwright::ui
