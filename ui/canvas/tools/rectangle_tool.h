// A box dragged from corner to corner. By keys: an arrow begins with one in the middle of the picture and moves it,
// with Shift its lower right corner; Enter takes it.
#pragma once

#include "ui/canvas/tools/region_tool.h"

namespace maskwright::ui {

class RectangleTool : public RegionTool {
  public:
    using RegionTool::RegionTool;
    void press(QPointF at, Qt::KeyboardModifiers keys) override;
    void drag(QPointF at, Qt::KeyboardModifiers keys) override;
    void release(QPointF at, Qt::KeyboardModifiers keys) override;
    bool key(int key) override;
    bool arrow(QPointF by, Qt::KeyboardModifiers keys) override;

  protected:
    [[nodiscard]] bool drawing() const override { return drawing_ || byKeys_; }
    void clear() override { drawing_ = byKeys_ = false; }
    void paintTool(QPainter& painter, const ViewTransform& view) override;

  private:
    [[nodiscard]] bool isClick() const;
    void tell();
    bool drawing_ = false;  // the button is down
    bool byKeys_ = false;
    QPointF from_, to_;
};

}  // namespace maskwright::ui
