#include "ui/canvas/tools/correct_brush.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/image/run_ops.h"
#include "ui/canvas/correct_tools.h"
#include "ui/canvas/tools/region_tool.h"

namespace maskwright::ui {
namespace {

constexpr double kSizeStep = 1.2, kHardnessStep = 0.1;  // a key
constexpr double kSign = 4;                             // half of its width, in logical pixels
constexpr double kRoomForInner = 3;  // logical pixels that the inner ring needs between it and others

BrushUse otherThan(BrushUse use) { return use == BrushUse::paint ? BrushUse::erase : BrushUse::paint; }

}  // namespace

void CorrectBrush::press(QPointF at, Qt::KeyboardModifiers keys) {
    at_ = at;
    if (!owner_.ready()) {
        Q_EMIT owner_.nothingToCorrect(QPoint(int(std::floor(at.x())), int(std::floor(at.y()))));
        if (!owner_.ready()) {
            return;
        }
    }
    use_ = keys & Qt::AltModifier ? otherThan(owner_.use()) : owner_.use();
    stroke_ = noPixel(owner_.width(), owner_.height());
    goTo(at);
}

void CorrectBrush::drag(QPointF at, Qt::KeyboardModifiers) {
    if (stroke_) {
        goTo(at);
    }
    at_ = at;
}

void CorrectBrush::release(QPointF, Qt::KeyboardModifiers) {
    if (stroke_) {
        const Runs done = *std::exchange(stroke_, std::nullopt);
        Q_EMIT owner_.stroked(done, use_);
    }
}

void CorrectBrush::giveUp() {
    if (stroke_) {
        stroke_.reset();
        Q_EMIT owner_.gaveUp();
    }
}

// The pieces of a way, each painted alone and put together, are the way painted at once (core/image/brush.h takes a
// pixel in by its greatest weight), so a movement costs only its own pixels.
void CorrectBrush::goTo(QPointF at) {
    const std::array<BrushPoint, 2> way{{{at_.x(), at_.y()}, {at.x(), at.y()}}};
    stroke_ =
        united(*stroke_, strokeRuns(way, owner_.brush(), use_, owner_.width(), owner_.height(), owner_.evidence()));
    const double reach = owner_.brush().radius + 1;
    const QRect changed = QRectF(at_, at).normalized().adjusted(-reach, -reach, reach, reach).toAlignedRect();
    Q_EMIT owner_.stroking(*stroke_, use_, changed);
}

bool CorrectBrush::key(int key) {
    const Brush& brush = owner_.brush();
    switch (key) {
        case Qt::Key_BracketLeft:
        case Qt::Key_BracketRight:
            owner_.setRadius(brush.radius * (key == Qt::Key_BracketLeft ? 1 / kSizeStep : kSizeStep));
            return true;
        case Qt::Key_BraceLeft:  // Shift and [
        case Qt::Key_BraceRight:
            owner_.setHardness(brush.hardness + (key == Qt::Key_BraceLeft ? -kHardnessStep : kHardnessStep));
            return true;
        case Qt::Key_X:
            Q_EMIT owner_.swapped();
            return true;
        case Qt::Key_Escape:
            return stroke_ && (giveUp(), true);
        default:
            return false;
    }
}

QRectF CorrectBrush::ring(const ViewTransform& view) const {
    const double reach = std::max(owner_.brush().radius * view.scale, kSign * ratio_) + 4 * ratio_;
    return {view.toView(at_) - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach)};
}

QRectF CorrectBrush::changed(const ViewTransform& view) const { return painted_ | ring(view); }

void CorrectBrush::paint(QPainter& painter, const ViewTransform& view) {
    ratio_ = painter.device()->devicePixelRatioF();
    painted_ = ring(view);
    const double sign = kSign * ratio_, room = kRoomForInner * ratio_;
    const QPointF centre = view.toView(at_);
    const double radius = std::max(owner_.brush().radius * view.scale, 1.0);
    const double inner = radius * owner_.brush().hardness;
    const BrushUse use = stroke_ ? use_ : owner_.use();
    painter.setBrush(Qt::NoBrush);
    for (const auto& [colour, width] : {std::pair(ink::kHalo, 3.0), std::pair(ink::kLine, 1.3)}) {
        QPen pen(colour, width * ratio_);
        painter.setPen(pen);
        painter.drawEllipse(centre, radius, radius);
        painter.drawLine(centre - QPointF(sign, 0), centre + QPointF(sign, 0));
        if (use == BrushUse::paint) {
            painter.drawLine(centre - QPointF(0, sign), centre + QPointF(0, sign));
        }
        if (radius - inner > room && inner > sign + room) {
            pen.setDashPattern({3, 3});
            painter.setPen(pen);
            painter.drawEllipse(centre, inner, inner);
        }
    }
}

}  // namespace maskwright::ui
