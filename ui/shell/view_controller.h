// How masks are looked at: carries the view, the split and the navigator from the menu and the panel to the canvas, and
// puts what belongs to them over it. GUI thread.
#pragma once

#include <QObject>

#include "ui/shell/workspace.h"

namespace maskwright::ui {

class Actions;
class Canvas;
class HeatLegend;
class Navigator;
class SplitHandle;

class ViewController : public QObject {
    Q_OBJECT

  public:
    ViewController(Workspace& workspace, Canvas& canvas, const Actions& actions);
    // The picture, or whether something is found in it, has changed.
    void follow();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void connectActions();
    void place();
    [[nodiscard]] bool shows() const;  // a mask is on the canvas
    Workspace& workspace_;
    Canvas& canvas_;
    const Actions& actions_;
    SplitHandle* handle_;
    HeatLegend* legend_;
    Navigator* navigator_;
};

}  // namespace maskwright::ui
