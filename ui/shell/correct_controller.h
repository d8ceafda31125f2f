// Correcting masks: the brush's strokes and clicks become edits, the mask follows the hand while it paints, and the
// panel and the tools are told what there is to correct.
#pragma once

#include "ui/shell/controller.h"
#include "ui/shell/workspace.h"

namespace maskwright::ui {

class Actions;
class Canvas;
class CorrectPanel;
class ToolRail;

class CorrectController : public Controller {
    Q_OBJECT

  public:
    CorrectController(Workspace& workspace, const Actions& actions, Canvas& canvas, ToolRail& rail, CorrectPanel& panel,
                      QWidget& over);
    // There may be another mask than before.
    void follow();

  private:
    void connectTools(ToolRail& rail);
    void connectCorrections();
    void showStroke(const Runs& stroke, BrushUse use, const QRect& changed);
    void connectActions();
    void keepBrushes();
    void followActions();
    Workspace& workspace_;
    const Actions& actions_;
    Canvas& canvas_;
    CorrectPanel& panel_;
};

}  // namespace maskwright::ui
