// A click takes the connected piece of what was found.
#pragma once

#include "ui/canvas/tools/region_tool.h"

namespace maskwright::ui {

class PickTool : public RegionTool {
  public:
    using RegionTool::RegionTool;
    [[nodiscard]] QCursor cursor() const override { return Qt::PointingHandCursor; }
    void press(QPointF at, Qt::KeyboardModifiers keys) override;
    void drag(QPointF, Qt::KeyboardModifiers) override {}
    void release(QPointF, Qt::KeyboardModifiers) override {}

  protected:
    [[nodiscard]] bool drawing() const override { return false; }
    void clear() override {}
    void paintTool(QPainter&, const ViewTransform&) override {}
};

}  // namespace maskwright::ui
