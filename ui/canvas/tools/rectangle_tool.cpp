#include "ui/canvas/tools/rectangle_tool.h"

#include <QGuiApplication>
#include <algorithm>

#include "ui/canvas/region_shapes.h"

namespace maskwright::ui {
namespace {

constexpr double kClick = 3;              // device pixels: a shorter drag is a click
constexpr double kFirstCorner = 3 / 8.0;  // of the picture: where a rectangle by keys begins

}  // namespace

void RectangleTool::press(QPointF at, Qt::KeyboardModifiers) {
    drawing_ = true;
    byKeys_ = false;
    from_ = to_ = at;
}

void RectangleTool::drag(QPointF at, Qt::KeyboardModifiers) {
    if (!drawing_) {
        return;
    }
    to_ = at;
    if (!isClick()) {
        tell();
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

bool RectangleTool::key(int key) {
    if (byKeys_ && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        byKeys_ = false;
        finish(rectangleMask(owner_.width(), owner_.height(), from_, to_),
               modeOf(QGuiApplication::keyboardModifiers()));
        return true;
    }
    return RegionTool::key(key);
}

bool RectangleTool::arrow(QPointF by, Qt::KeyboardModifiers keys) {
    if (drawing_) {
        return false;
    }
    const QPointF end(owner_.width(), owner_.height());
    if (!byKeys_) {
        byKeys_ = true;
        from_ = end * kFirstCorner;
        to_ = end * (1 - kFirstCorner);
    } else if (keys & Qt::ShiftModifier) {
        to_ = {std::clamp(to_.x() + by.x(), from_.x() + 1, end.x()),
               std::clamp(to_.y() + by.y(), from_.y() + 1, end.y())};
    } else {
        const QPointF moved(std::clamp(by.x(), -from_.x(), end.x() - to_.x()),
                            std::clamp(by.y(), -from_.y(), end.y() - to_.y()));
        from_ += moved;
        to_ += moved;
    }
    tell();
    return true;
}

void RectangleTool::tell() {
    Q_EMIT owner_.marking([width = owner_.width(), height = owner_.height(), from = from_, to = to_] {
        return rectangleMask(width, height, from, to);
    });
}

bool RectangleTool::isClick() const { return screenDistance(from_, to_) < kClick; }

void RectangleTool::paintTool(QPainter& painter, const ViewTransform& view) {
    if (drawing()) {
        QPainterPath path;
        path.addRect(QRectF(view.toView(from_), view.toView(to_)).normalized());
        drawOutline(painter, path, true);
    }
}

}  // namespace maskwright::ui
