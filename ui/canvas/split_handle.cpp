#include "ui/canvas/split_handle.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "ui/canvas/canvas.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 30;    // widget pixels that take the mouse
constexpr double kKnob = 13;  // the knob's radius
constexpr int kStep = 10;     // thousandths an arrow key
constexpr int kPage = 100;

}  // namespace

SplitHandle::SplitHandle(Canvas& canvas) : QAbstractSlider(&canvas), canvas_(canvas) {
    setObjectName("split");
    setOrientation(Qt::Horizontal);
    setRange(0, kWhole);
    setSingleStep(kStep);
    setPageStep(kPage);
    setCursor(Qt::SplitHCursor);
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QAbstractSlider::valueChanged, this, [this](int value) {
        place();
        Q_EMIT moved(double(value) / kWhole);
    });
    retranslate();
}

void SplitHandle::setShare(double share) {
    const QSignalBlocker quiet(this);
    setValue(int(std::lround(share * kWhole)));
    place();
}

QRectF SplitHandle::seen() const {
    const double ratio = canvas_.devicePixelRatioF();
    const QRectF device(canvas_.seen());
    return {device.topLeft() / ratio, device.size() / ratio};
}

void SplitHandle::place() {
    const QRectF area = seen();
    const double x = area.x() + area.width() * value() / kWhole;
    setGeometry(int(std::lround(x)) - kWidth / 2, int(area.y()), kWidth, int(std::ceil(area.height())));
}

void SplitHandle::paintEvent(QPaintEvent*) {
    const Colours& c = Theme::colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF middle(kWidth / 2.0, height() / 2.0);
    // White on a dark halo is seen on every picture.
    for (const auto& [colour, width] : {std::pair(QColor(20, 20, 30, 110), 4.0), std::pair(QColor(Qt::white), 2.0)}) {
        painter.setPen(QPen(colour, width));
        painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), height()));
    }
    painter.setPen(QPen(hasFocus() ? c.accent : QColor(20, 20, 30, 140), hasFocus() ? 2.5 : 1));
    painter.setBrush(Qt::white);
    painter.drawEllipse(middle, kKnob - 1, kKnob - 1);
    painter.setPen(QPen(QColor(50, 50, 60), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const double side : {-1.0, 1.0}) {
        const QPointF tip = middle + QPointF(side * 7, 0);
        painter.drawPolyline(QPolygonF{tip + QPointF(-side * 3.5, -4), tip, tip + QPointF(-side * 3.5, 4)});
    }
}

void SplitHandle::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        setSliderDown(true);
    }
}

void SplitHandle::mouseMoveEvent(QMouseEvent* event) {
    const QRectF area = seen();
    if (isSliderDown() && area.width() > 0) {
        setValue(int(std::lround((mapToParent(event->position()).x() - area.x()) / area.width() * kWhole)));
    }
}

void SplitHandle::mouseReleaseEvent(QMouseEvent*) {
    setSliderDown(false);
    Q_EMIT settled();
}

void SplitHandle::keyPressEvent(QKeyEvent* event) {
    // Page Up and Down belong to the pictures.
    if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown) {
        event->ignore();
        return;
    }
    const int before = singleStep();
    setSingleStep(event->modifiers() & Qt::ShiftModifier ? kPage : kStep);
    QAbstractSlider::keyPressEvent(event);
    setSingleStep(before);
}

void SplitHandle::keyReleaseEvent(QKeyEvent* event) {
    Q_EMIT settled();
    QAbstractSlider::keyReleaseEvent(event);
}

void SplitHandle::wheelEvent(QWheelEvent* event) { event->ignore(); }  // the canvas zooms

void SplitHandle::focusInEvent(QFocusEvent* event) {
    QAbstractSlider::focusInEvent(event);
    update();
}

void SplitHandle::focusOutEvent(QFocusEvent* event) {
    QAbstractSlider::focusOutEvent(event);
    update();
}

void SplitHandle::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QAbstractSlider::changeEvent(event);
}

void SplitHandle::retranslate() {
    setAccessibleName(tr("Line between before and after"));
    setToolTip(tr("Left of the line the picture, right of it the mask.\nDrag it, or move it with the arrow keys."));
}

}  // namespace maskwright::ui
