// Corner after corner; a click on the first, a double click or Enter closes, Backspace takes the last one back.
#pragma once

#include "ui/canvas/tools/region_tool.h"

namespace maskwright::ui {

class PolygonTool : public RegionTool {
  public:
    using RegionTool::RegionTool;
    void press(QPointF at, Qt::KeyboardModifiers keys) override;
    void drag(QPointF at, Qt::KeyboardModifiers keys) override;
    void release(QPointF at, Qt::KeyboardModifiers keys) override;
    void hover(QPointF at) override;
    void doubleClick(QPointF at) override;
    bool key(int key) override;

  protected:
    [[nodiscard]] bool drawing() const override { return !points_.isEmpty(); }
    void clear() override { points_.clear(); }
    void paintTool(QPainter& painter, const ViewTransform& view) override;

  private:
    // Whether a click there closes.
    [[nodiscard]] bool closesAt(QPointF at) const;
    void close(Qt::KeyboardModifiers keys);
    QPolygonF points_;
    QPointF cursor_;
};

}  // namespace maskwright::ui
