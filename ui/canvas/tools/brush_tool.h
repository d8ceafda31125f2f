// Paints over an object, going on with the region in hand; Alt takes away, [ and ] change the size. Every stroke is one
// change.
#pragma once

#include "ui/canvas/tools/region_tool.h"

namespace maskwright::ui {

class BrushTool : public RegionTool {
  public:
    using RegionTool::RegionTool;
    [[nodiscard]] QCursor cursor() const override { return Qt::BlankCursor; }
    void press(QPointF at, Qt::KeyboardModifiers keys) override;
    void drag(QPointF at, Qt::KeyboardModifiers keys) override;
    void release(QPointF at, Qt::KeyboardModifiers keys) override;
    void hover(QPointF at) override { at_ = at; }
    bool key(int key) override;
    // A stroke over a region that is there no more would bring it back.
    void currentChanged() override { giveUp(); }

  protected:
    [[nodiscard]] bool drawing() const override { return !stroke_.isEmpty(); }
    void clear() override;
    void paintTool(QPainter& painter, const ViewTransform& view) override;

  private:
    void paintTo(QPointF at);
    QPointF at_;
    QPolygonF stroke_;
    MarkMode mode_ = MarkMode::add;
    std::shared_ptr<const Mask> before_;  // what the stroke goes on with; null for a new example
    std::shared_ptr<Mask> working_;       // with the stroke so far; one for the whole stroke, changed where it passes
};

}  // namespace maskwright::ui
