// What has the left button on the canvas instead of dragging the picture. Points are in picture pixels. GUI thread.
#pragma once

#include <QCursor>
#include <QPainter>
#include <QPointF>
#include <QRectF>

#include "ui/canvas/view_transform.h"

namespace maskwright::ui {

class CanvasTool {
  public:
    virtual ~CanvasTool() = default;
    virtual void press(QPointF picture, Qt::KeyboardModifiers keys) = 0;
    virtual void drag(QPointF picture, Qt::KeyboardModifiers keys) = 0;
    virtual void release(QPointF picture, Qt::KeyboardModifiers keys) = 0;
    virtual void hover(QPointF /*picture*/) {}
    virtual void doubleClick(QPointF /*picture*/) {}
    // Drops what is half drawn.
    virtual void giveUp() {}
    // True where the key was used.
    virtual bool key(int /*key*/) { return false; }
    // What of the view may look different since the last frame, in device pixels; null: any of it.
    [[nodiscard]] virtual QRectF changed(const ViewTransform& /*view*/) const { return {}; }
    // A brush: the right button does what the left one does with Alt, and a double click is two dabs.
    [[nodiscard]] virtual bool paints() const { return false; }
    virtual void paint(QPainter& painter, const ViewTransform& view) = 0;
    [[nodiscard]] virtual QCursor cursor() const = 0;
};

}  // namespace maskwright::ui
