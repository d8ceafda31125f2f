#include "ui/widgets/checkerboard.h"

#include <QColor>
#include <QPainter>

namespace maskwright::ui {

void drawCheckerboard(QPainter& painter, const QRectF& place) {
    painter.save();
    painter.setClipRect(place, Qt::IntersectClip);
    painter.fillRect(place, QColor(kChecks[0], kChecks[0], kChecks[0]));
    const QColor darker(kChecks[1], kChecks[1], kChecks[1]);
    for (int y = 0; y * kCheckSide < place.height(); ++y) {
        for (int x = 1 - y % 2; x * kCheckSide < place.width(); x += 2) {
            painter.fillRect(
                QRectF(place.left() + x * kCheckSide, place.top() + y * kCheckSide, kCheckSide, kCheckSide), darker);
        }
    }
    painter.restore();
}

}  // namespace maskwright::ui
