// Paints into a mask, or out of it: Alt or the right button does the other. [ and ] change the size, with Shift the
// hardness, X changes between brush and eraser. A stroke grows with the hand and is told whole when the hand lets go.
#pragma once

#include <optional>

#include "core/image/brush.h"
#include "ui/canvas/canvas_tool.h"

namespace maskwright::ui {

class CorrectTools;

class CorrectBrush : public CanvasTool {
  public:
    explicit CorrectBrush(CorrectTools& owner) : owner_(owner) {}
    void press(QPointF at, Qt::KeyboardModifiers keys) override;
    void drag(QPointF at, Qt::KeyboardModifiers keys) override;
    void release(QPointF at, Qt::KeyboardModifiers keys) override;
    void hover(QPointF at) override { at_ = at; }
    void giveUp() override;
    bool key(int key) override;
    void paint(QPainter& painter, const ViewTransform& view) override;
    [[nodiscard]] QRectF changed(const ViewTransform& view) const override;
    [[nodiscard]] bool paints() const override { return true; }
    [[nodiscard]] QCursor cursor() const override { return Qt::BlankCursor; }

  private:
    void goTo(QPointF at);
    [[nodiscard]] QRectF ring(const ViewTransform& view) const;  // with its lines and its sign
    CorrectTools& owner_;
    QPointF at_;
    QRectF painted_;              // the ring of the last frame
    std::optional<Runs> stroke_;  // of the way so far; none: the hand is up
    BrushUse use_ = BrushUse::paint;
};

}  // namespace maskwright::ui
