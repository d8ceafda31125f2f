#include "ui/canvas/tools/pick_tool.h"

#include <cmath>

#include "ui/canvas/region_shapes.h"
#include "ui/model/region.h"

namespace maskwright::ui {

void PickTool::press(QPointF at, Qt::KeyboardModifiers keys) {
    const QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
    const auto& found = owner_.found();
    if (!found || !found->full) {
        Q_EMIT owner_.missed();
        return;
    }
    const Mask piece = pickPiece(*found->full, owner_.threshold(), pixel);
    if (isBlank(piece)) {
        Q_EMIT owner_.missed();
    } else {
        finish(piece, modeOf(keys));
    }
}

}  // namespace maskwright::ui
