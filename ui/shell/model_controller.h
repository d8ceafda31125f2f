// The choice of a model: the menu of those that are here, and what happens when one is taken. A
// model is opened first and switched to only if it opens; only those that opened are remembered.
#pragma once

#include "ui/model/jobs.h"
#include "ui/model/model_list.h"
#include "ui/model/preview.h"
#include "ui/shell/controller.h"

class QAction;
class QActionGroup;
class QMenu;

namespace maskwright::ui {

class ModelController : public Controller {
    Q_OBJECT

  public:
    // Fills `menu`, with `last` at its end; the first of them opens a folder.
    ModelController(Preview& preview, Jobs& jobs, ModelList& list, QMenu& menu, const QList<QAction*>& last,
                    QWidget& over);
    // Of the model in use, or of the one that is to be opened.
    [[nodiscard]] QString name() const;
    // Asks the engine to open it, by a name or a folder, and goes on in use() if that goes well.
    void choose(const QString& model);
    // Which CLIP answers "which one", for the list.
    void setWhich(const QString& model);

  private:
    void tellOpened();
    void rebuild();
    void tellList();
    void add(const ModelEntry& entry);
    void use(const QString& model);
    void openFolder();
    // The model that the window began with does not open: the built-in one is taken.
    void fallBack(const Error& error);
    Preview& preview_;
    Jobs& jobs_;
    ModelList& list_;
    QMenu& menu_;
    QList<QAction*> last_;
    QString which_;
    QActionGroup* models_;
};

}  // namespace maskwright::ui
