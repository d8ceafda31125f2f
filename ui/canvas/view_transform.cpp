#include "ui/canvas/view_transform.h"

#include <algorithm>
#include <cmath>

namespace maskwright::ui {
namespace {

double keptAlong(double offset, double extent, double view) {
    if (extent <= view) {
        return (view - extent) / 2;
    }
    return std::clamp(offset, view / 2 - extent, view / 2);
}

}  // namespace

ViewTransform fitted(QSizeF view, QSizeF picture, double margin, double maxScale) {
    if (picture.isEmpty() || view.isEmpty()) {
        return {};
    }
    const double width = std::max(view.width() - 2 * margin, 1.0), height = std::max(view.height() - 2 * margin, 1.0);
    ViewTransform result;
    result.scale = std::clamp(std::min(width / picture.width(), height / picture.height()), kMinScale, maxScale);
    result.offset = QPointF((view.width() - picture.width() * result.scale) / 2,
                            (view.height() - picture.height() * result.scale) / 2);
    return result;
}

ViewTransform zoomedAt(const ViewTransform& transform, QPointF cursor, double factor) {
    ViewTransform result;
    result.scale = std::clamp(transform.scale * factor, kMinScale, kMaxScale);
    result.offset = cursor - transform.toPicture(cursor) * result.scale;
    return result;
}

ViewTransform zoomedTo(const ViewTransform& transform, QSizeF view, double scale) {
    return zoomedAt(transform, QPointF(view.width() / 2, view.height() / 2), scale / transform.scale);
}

ViewTransform kept(const ViewTransform& transform, QSizeF view, QSizeF picture) {
    ViewTransform result = transform;
    result.offset.setX(keptAlong(transform.offset.x(), picture.width() * transform.scale, view.width()));
    result.offset.setY(keptAlong(transform.offset.y(), picture.height() * transform.scale, view.height()));
    return result;
}

}  // namespace maskwright::ui
