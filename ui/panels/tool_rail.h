// The tools at the left edge, by what they do to the picture: move it, correct a mask, mark an example. Below them what
// the brush in hand can be set to.
#pragma once

#include <QFrame>

#include "ui/canvas/region_tools.h"

class QActionGroup;
class QAction;
class QLabel;

namespace maskwright::ui {

class CorrectTools;
class ValueSlider;

class ToolRail : public QFrame {
    Q_OBJECT

  public:
    ToolRail(RegionTools& tools, CorrectTools& correct, QWidget* parent = nullptr);
    [[nodiscard]] ToolKind current() const;
    void choose(ToolKind kind);
    [[nodiscard]] const std::vector<QAction*>& actions() const { return actions_; }

  Q_SIGNALS:
    void chosen(maskwright::ui::ToolKind kind);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void addTool(ToolKind kind);
    void addHeading(QLabel* heading);
    void connectBrush();
    void follow();
    void retranslate();
    void retranslateTools();
    RegionTools& tools_;
    CorrectTools& correct_;
    QActionGroup* group_;
    std::vector<QAction*> actions_;  // by kind
    QLabel *correctHeading_, *markHeading_;
    ValueSlider *size_, *hardness_;
};

}  // namespace maskwright::ui
