// A box dragged from corner to corner.
#pragma once

#include "ui/canvas/tools/region_tool.h"

namespace maskwright::ui {

class RectangleTool : public RegionTool {
  public:
    using RegionTool::RegionTool;
    void press(QPointF at, Qt::KeyboardModifiers keys) override;
    void drag(QPointF at, Qt::KeyboardModifiers keys) override;
    void release(QPointF at, Qt::KeyboardModifiers keys) override;

  protected:
    [[nodiscard]] bool drawing() const override { return drawing_; }
    void clear() override { drawing_ = false; }
    void paintTool(QPainter& painter, const ViewTransform& view) override;

  private:
    [[nodiscard]] bool isClick() const;
    bool drawing_ = false;
    QPointF from_, to_;
};

}  // namespace maskwright::ui
