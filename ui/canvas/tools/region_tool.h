// What the tools that mark a region have in common.
#pragma once

#include <QPainterPath>
#include <QPolygonF>

#include "ui/canvas/canvas_tool.h"
#include "ui/canvas/region_tools.h"

namespace maskwright::ui {

class RegionTool : public CanvasTool {
  public:
    explicit RegionTool(RegionTools& owner) : owner_(owner) {}
    [[nodiscard]] QCursor cursor() const override { return Qt::CrossCursor; }
    // Escape gives up.
    bool key(int key) override;
    void giveUp() final;
    void paint(QPainter& painter, const ViewTransform& view) final;
    // The region in hand is another one, as after an undo.
    virtual void currentChanged() {}

  protected:
    // Whether something is half drawn, and how to forget it.
    [[nodiscard]] virtual bool drawing() const = 0;
    virtual void clear() = 0;
    virtual void paintTool(QPainter& painter, const ViewTransform& view) = 0;
    // Tells the owner; a blank mask is nothing, except as what is taken away.
    void finish(const Mask& mask, MarkMode mode);
    // Screen pixels between two points of the picture, in the last frame's scale.
    [[nodiscard]] double screenDistance(QPointF a, QPointF b) const;
    RegionTools& owner_;

  private:
    double scale_ = 1;  // of the last frame
};

// Shift adds to the region in hand, Alt takes away.
MarkMode modeOf(Qt::KeyboardModifiers keys);
QPainterPath pathOf(const QPolygonF& points, const ViewTransform& view, bool closed);
// White on a dark halo: seen on every photograph. `wash`: the inside is tinted.
void drawOutline(QPainter& painter, const QPainterPath& path, bool wash);

namespace ink {
inline const QColor kLine(255, 255, 255), kHalo(20, 20, 30, 170);
}  // namespace ink

}  // namespace maskwright::ui
