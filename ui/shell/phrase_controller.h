// The phrase: what is typed becomes the document's, Enter keeps it as a row, and what the model makes of it beyond the
// mask is said in a line (nothing of it here, a word it does not know, a phrase that was cut).
#pragma once

#include <QTimer>

#include "core/session/worker.h"
#include "ui/shell/controller.h"
#include "ui/shell/workspace.h"

namespace maskwright::ui {

class Canvas;
class PhraseBox;

class PhraseController : public Controller {
    Q_OBJECT

  public:
    PhraseController(Workspace& workspace, Canvas& canvas, PhraseBox& box, QWidget& over);
    // That what was written is longer than it may be; `text` has a place for the number.
    void sayCut(const QString& text, int limit);
    // Into the history, which the box completes from.
    void remember();
    // Something else may have been found, or in another language.
    void follow();
    // Empty for nothing to say.
    [[nodiscard]] const QString& hint() const { return hint_; }

  Q_SIGNALS:
    void hinted(const QString& hint);

  private:
    [[nodiscard]] QString hintFor(const session::Reply& answer);
    Workspace& workspace_;
    PhraseBox& box_;
    QString hint_;
    QTimer unfinished_;        // until a word that is being typed is said to be unknown
    QString takenAsFinished_;  // the phrase that nobody went on typing
};

}  // namespace maskwright::ui
