#include "ui/canvas/tools/brush_tool.h"

#include <algorithm>
#include <utility>

#include "ui/canvas/region_shapes.h"
#include "ui/model/region.h"

namespace maskwright::ui {
namespace {

constexpr double kSizeStep = 1.2;  // of the radius, a key
const QColor kAdding(90, 150, 255, 110), kTaking(255, 80, 80, 110);

}  // namespace

void BrushTool::press(QPointF at, Qt::KeyboardModifiers keys) {
    mode_ = keys & Qt::AltModifier ? MarkMode::take : MarkMode::add;
    before_ = owner_.current();
    if (before_ && (before_->width != owner_.width() || before_->height != owner_.height())) {
        before_.reset();
    }
    if (!before_ && mode_ == MarkMode::take) {
        Q_EMIT owner_.marked(Mask(owner_.width(), owner_.height()), mode_);  // there is nothing to take from
        return;
    }
    working_ = before_ ? std::make_shared<Mask>(*before_) : std::make_shared<Mask>(owner_.width(), owner_.height());
    stroke_ = {at};
    paintTo(at);
}

void BrushTool::drag(QPointF at, Qt::KeyboardModifiers) {
    at_ = at;
    if (!stroke_.isEmpty()) {
        paintTo(at);
    }
}

void BrushTool::release(QPointF, Qt::KeyboardModifiers) {
    if (stroke_.isEmpty()) {
        return;
    }
    const auto done = working_;
    const auto before = before_;
    clear();
    if (!before) {
        finish(*done, MarkMode::fresh);
    } else {
        finish(mode_ == MarkMode::take ? without(*before, *done) : *done, mode_);
    }
}

bool BrushTool::key(int key) {
    if (key == Qt::Key_BracketLeft || key == Qt::Key_BracketRight) {
        owner_.setBrushRadius(owner_.brushRadius() * (key == Qt::Key_BracketLeft ? 1 / kSizeStep : kSizeStep));
        return true;
    }
    return RegionTool::key(key);
}

void BrushTool::clear() {
    stroke_.clear();
    working_.reset();
    before_.reset();
}

void BrushTool::paintTo(QPointF at) {
    at_ = at;
    paintStroke(*working_, stroke_.back(), at, owner_.brushRadius(), mode_ == MarkMode::take ? 0 : 255);
    stroke_ << at;
    Q_EMIT owner_.marking([working = std::shared_ptr<const Mask>(working_)] { return *working; });
}

void BrushTool::paintTool(QPainter& painter, const ViewTransform& view) {
    const double radius = std::max(owner_.brushRadius() * view.scale, 1.0);
    painter.setBrush(Qt::NoBrush);
    if (!stroke_.isEmpty()) {
        const QColor colour = mode_ == MarkMode::take ? kTaking : kAdding;
        painter.setPen(QPen(colour, 2 * radius, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(pathOf(stroke_, view, false));
    }
    painter.setPen(QPen(ink::kHalo, 3));
    painter.drawEllipse(view.toView(at_), radius, radius);
    painter.setPen(QPen(ink::kLine, 1.3));
    painter.drawEllipse(view.toView(at_), radius, radius);
}

}  // namespace maskwright::ui
