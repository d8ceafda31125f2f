#include "ui/canvas/tools/region_tool.h"

#include <cmath>

#include "ui/model/region.h"

namespace maskwright::ui {
namespace {

const QColor kWash(90, 150, 255, 60);

}  // namespace

bool RegionTool::key(int key) {
    const bool used = key == Qt::Key_Escape && drawing();
    if (used) {
        giveUp();
    }
    return used;
}

void RegionTool::giveUp() {
    if (drawing()) {
        clear();
        Q_EMIT owner_.gaveUp();
    }
}

void RegionTool::paint(QPainter& painter, const ViewTransform& view) {
    scale_ = view.scale;
    paintTool(painter, view);
}

void RegionTool::finish(const Mask& mask, MarkMode mode) {
    if (!isBlank(mask) || mode == MarkMode::take) {
        Q_EMIT owner_.marked(mask, mode);
    } else {
        Q_EMIT owner_.nothing(false);
    }
}

double RegionTool::screenDistance(QPointF a, QPointF b) const {
    const QPointF d = (a - b) * scale_;
    return std::hypot(d.x(), d.y());
}

MarkMode modeOf(Qt::KeyboardModifiers keys) {
    return keys & Qt::AltModifier ? MarkMode::take : keys & Qt::ShiftModifier ? MarkMode::add : MarkMode::fresh;
}

QPainterPath pathOf(const QPolygonF& points, const ViewTransform& view, bool closed) {
    QPainterPath path;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const QPointF at = view.toView(points[i]);
        i == 0 ? path.moveTo(at) : path.lineTo(at);
    }
    if (closed) {
        path.closeSubpath();
    }
    return path;
}

void drawOutline(QPainter& painter, const QPainterPath& path, bool wash) {
    painter.setBrush(wash ? QBrush(kWash) : QBrush(Qt::NoBrush));
    painter.setPen(QPen(ink::kHalo, 3.4));
    painter.drawPath(path);
    painter.setBrush(Qt::NoBrush);
    QPen pen(ink::kLine, 1.5);
    pen.setDashPattern({5, 3});
    painter.setPen(pen);
    painter.drawPath(path);
}

}  // namespace maskwright::ui
