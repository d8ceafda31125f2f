// The tools at the left edge: move, and the hands that mark an object.
#pragma once

#include <QFrame>

#include "ui/canvas/region_tools.h"

class QActionGroup;
class QAction;
class QSlider;

namespace maskwright::ui {

class ToolRail : public QFrame {
    Q_OBJECT

  public:
    explicit ToolRail(RegionTools& tools, QWidget* parent = nullptr);
    [[nodiscard]] ToolKind current() const;
    void choose(ToolKind kind);
    [[nodiscard]] const std::vector<QAction*>& actions() const { return actions_; }

  Q_SIGNALS:
    void chosen(maskwright::ui::ToolKind kind);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    RegionTools& tools_;
    QActionGroup* group_;
    std::vector<QAction*> actions_;
    QSlider* brush_;
};

}  // namespace maskwright::ui
