#include "ui/canvas/tools/lasso_tool.h"

#include <utility>

#include "ui/canvas/region_shapes.h"

namespace maskwright::ui {
namespace {

constexpr double kStep = 1.5;  // device pixels between two points

}  // namespace

void LassoTool::press(QPointF at, Qt::KeyboardModifiers) { points_ = {at}; }

void LassoTool::drag(QPointF at, Qt::KeyboardModifiers) {
    if (points_.isEmpty() || screenDistance(at, points_.back()) < kStep) {
        return;
    }
    points_ << at;
    if (points_.size() > 2) {
        Q_EMIT owner_.marking([width = owner_.width(), height = owner_.height(), points = points_] {
            return polygonMask(width, height, points);
        });
    }
}

void LassoTool::release(QPointF, Qt::KeyboardModifiers keys) {
    const QPolygonF points = std::exchange(points_, {});
    if (points.size() > 2) {
        finish(polygonMask(owner_.width(), owner_.height(), points), modeOf(keys));
    } else if (!points.isEmpty()) {
        Q_EMIT owner_.nothing(true);
    }
}

void LassoTool::paintTool(QPainter& painter, const ViewTransform& view) {
    if (points_.size() > 1) {
        drawOutline(painter, pathOf(points_, view, points_.size() > 2), true);
    }
}

}  // namespace maskwright::ui
