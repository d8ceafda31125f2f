#include "ui/canvas/tools/rectangle_tool.h"

#include "ui/canvas/region_shapes.h"

namespace maskwright::ui {
namespace {

constexpr double kClick = 3;  // device pixels: a shorter drag is a click

}  // namespace

void RectangleTool::press(QPointF at, Qt::KeyboardModifiers) {
    drawing_ = true;
    from_ = to_ = at;
}

void RectangleTool::drag(QPointF at, Qt::KeyboardModifiers) {
    if (!drawing_) {
        return;
    }
    to_ = at;
    if (!isClick()) {
        Q_EMIT owner_.marking([width = owner_.width(), height = owner_.height(), from = from_, at] {
            return rectangleMask(width, height, from, at);
        });
    }
}

void RectangleTool::release(QPointF at, Qt::KeyboardModifiers keys) {
    if (!drawing_) {
        return;
    }
    drawing_ = false;
    to_ = at;
    if (isClick()) {
        Q_EMIT owner_.nothing(true);
    } else {
        finish(rectangleMask(owner_.width(), owner_.height(), from_, to_), modeOf(keys));
    }
}

bool RectangleTool::isClick() const { return screenDistance(from_, to_) < kClick; }

void RectangleTool::paintTool(QPainter& painter, const ViewTransform& view) {
    if (drawing_) {
        QPainterPath path;
        path.addRect(QRectF(view.toView(from_), view.toView(to_)).normalized());
        drawOutline(painter, path, true);
    }
}

}  // namespace maskwright::ui
