// A line drawn around an object, closed when the hand lets go.
#pragma once

#include "ui/canvas/tools/region_tool.h"

namespace maskwright::ui {

class LassoTool : public RegionTool {
  public:
    using RegionTool::RegionTool;
    void press(QPointF at, Qt::KeyboardModifiers keys) override;
    void drag(QPointF at, Qt::KeyboardModifiers keys) override;
    void release(QPointF at, Qt::KeyboardModifiers keys) override;

  protected:
    [[nodiscard]] bool drawing() const override { return !points_.isEmpty(); }
    void clear() override { points_.clear(); }
    void paintTool(QPainter& painter, const ViewTransform& view) override;

  private:
    QPolygonF points_;
};

}  // namespace maskwright::ui
