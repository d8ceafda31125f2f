// "Which one": the candidates on the canvas, pointed at, taken by a click or a key, turned into an example, and put
// beside what the phrase finds.
#pragma once

#include <QPointer>
#include <memory>
#include <vector>

#include "ui/shell/controller.h"
#include "ui/shell/workspace.h"

class QAction;
class QMenu;

namespace maskwright::ui {

class Canvas;
class CandidatesPanel;
class SideBySide;

class WhichController : public Controller {
    Q_OBJECT

  public:
    // Its actions go to the end of `menu`.
    WhichController(Workspace& workspace, Canvas& canvas, CandidatesPanel& panel, QMenu& menu, QWidget& over);
    [[nodiscard]] QAction& action() const { return *which_; }
    // Texts in the language in use.
    void retranslate();

  private:
    void connectCanvas();
    void makeOutlines();
    void showOutlines();
    void take(QPointF point);
    void useAsExample();
    void askPath(session::WhichSource::Kind kind, bool folder);
    void showSideBySide();
    void updateActions();
    Workspace& workspace_;
    Canvas& canvas_;
    std::vector<std::shared_ptr<const QPainterPath>> outlines_;  // of the candidates
    QAction *which_, *next_, *previous_;
    QPointer<SideBySide> sideBySide_;
    bool failed_ = false;  // and nothing has come off since
};

}  // namespace maskwright::ui
