#include "ui/canvas/tools/polygon_tool.h"

#include <utility>

#include "ui/canvas/region_shapes.h"

namespace maskwright::ui {
namespace {

constexpr double kCloseReach = 10;                   // device pixels around the first corner that close
constexpr double kCorner = 3.5, kClosingCorner = 6;  // device pixels, radius
const QColor kClosing(90, 150, 255);

}  // namespace

void PolygonTool::press(QPointF at, Qt::KeyboardModifiers keys) {
    if (closesAt(at)) {
        close(keys);
        return;
    }
    points_ << at;
    cursor_ = at;
}

void PolygonTool::drag(QPointF at, Qt::KeyboardModifiers) { cursor_ = at; }

void PolygonTool::release(QPointF, Qt::KeyboardModifiers) {}

void PolygonTool::hover(QPointF at) {
    cursor_ = at;
    if (points_.size() > 1) {
        Q_EMIT owner_.marking([width = owner_.width(), height = owner_.height(), all = QPolygonF(points_) << at] {
            return polygonMask(width, height, all);
        });
    }
}

void PolygonTool::doubleClick(QPointF) {
    // The first press of the double click has put a corner here already.
    close({});
}

bool PolygonTool::key(int key) {
    if (points_.isEmpty()) {
        return false;
    }
    switch (key) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            close({});
            return true;
        case Qt::Key_Backspace:
            points_.removeLast();
            return true;
        default:
            return RegionTool::key(key);
    }
}

bool PolygonTool::closesAt(QPointF at) const {
    return points_.size() > 2 && screenDistance(at, points_.front()) < kCloseReach;
}

void PolygonTool::close(Qt::KeyboardModifiers keys) {
    const QPolygonF points = std::exchange(points_, {});
    if (points.size() > 2) {
        finish(polygonMask(owner_.width(), owner_.height(), points), modeOf(keys));
    } else {
        Q_EMIT owner_.gaveUp();
    }
}

void PolygonTool::paintTool(QPainter& painter, const ViewTransform& view) {
    if (points_.isEmpty()) {
        return;
    }
    drawOutline(painter, pathOf(QPolygonF(points_) << cursor_, view, false), false);
    painter.setPen(QPen(ink::kHalo, 1.5));
    for (qsizetype i = 0; i < points_.size(); ++i) {
        const bool closing = i == 0 && closesAt(cursor_);
        const double radius = closing ? kClosingCorner : kCorner;
        painter.setBrush(closing ? kClosing : ink::kLine);
        painter.drawEllipse(view.toView(points_[i]), radius, radius);
    }
}

}  // namespace maskwright::ui
