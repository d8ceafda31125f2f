// The choice of a model: the menu of built-in ones and of folders opened before, and what happens when one is taken.
#pragma once

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
    ModelController(Preview& preview, Inference& inference, QMenu& menu, QAction& openFolder, QWidget& over);
    // Of the model in use, or of the one that is to be opened.
    [[nodiscard]] QString name() const;

  private:
    void rebuild();
    void add(const QString& model, const QString& title);
    void choose(const QString& model);
    void openFolder();
    Preview& preview_;
    Inference& inference_;
    QMenu& menu_;
    QAction& openFolder_;
    QActionGroup* models_;
};

}  // namespace maskwright::ui
