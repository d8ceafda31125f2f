#include "ui/canvas/navigator.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/canvas/canvas.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr QSize kMost(190, 140);  // widget pixels that the picture may take
constexpr int kFrame = 4;         // round it
constexpr int kClose = 24;        // the button's side
constexpr double kStep = 0.1;     // of what is seen, an arrow key

}  // namespace

Navigator::Navigator(Canvas& canvas) : QWidget(&canvas), canvas_(canvas), close_(new QToolButton(this)) {
    setObjectName("navigator");
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::SizeAllCursor);
    close_->setObjectName("flat");
    close_->setIcon(icon("close"));
    close_->setIconSize({12, 12});
    close_->setFixedSize(kClose, kClose);
    close_->setCursor(Qt::ArrowCursor);
    connect(close_, &QToolButton::clicked, this, &Navigator::closed);
    hide();
    retranslate();
}

QSize Navigator::sizeHint() const {
    if (!canvas_.hasPicture()) {
        return {};
    }
    return canvas_.picture()->size().scaled(kMost, Qt::KeepAspectRatio).expandedTo({2 * kClose, 2 * kClose}) +
           QSize(2 * kFrame, 2 * kFrame);
}

QRectF Navigator::part() const {
    const QRectF seen(canvas_.seen());
    return QRectF(canvas_.view().toPicture(seen.topLeft()), canvas_.view().toPicture(seen.bottomRight())) &
           QRectF(QPointF(), canvas_.picture()->size());
}

void Navigator::follow(bool wanted) {
    bool larger = false;
    if (wanted && canvas_.hasPicture()) {
        const QSizeF shown = QSizeF(canvas_.picture()->size()) * canvas_.view().scale;
        const QSizeF room = QSizeF(canvas_.size()) * canvas_.devicePixelRatioF();
        larger = shown.width() > room.width() + 1 || shown.height() > room.height() + 1;
    }
    setVisible(larger);
    update();
}

void Navigator::paintEvent(QPaintEvent*) {
    if (!canvas_.hasPicture()) {
        return;
    }
    const Colours& c = Theme::colours();
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setPen(QPen(hasFocus() ? c.accent : c.border, hasFocus() ? 2 : 1));
    painter.setBrush(c.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    const QRectF inside = QRectF(rect()).adjusted(kFrame, kFrame, -kFrame, -kFrame);
    painter.drawImage(inside, canvas_.picture()->levels.back());
    const QRectF seen = part();
    const double x = inside.width() / canvas_.picture()->size().width(),
                 y = inside.height() / canvas_.picture()->size().height();
    const QRectF frame(inside.x() + seen.x() * x, inside.y() + seen.y() * y, seen.width() * x, seen.height() * y);
    QPainterPath rest;
    rest.addRect(inside);
    rest.addRect(frame);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(10, 10, 16, 110));
    painter.drawPath(rest);  // odd and even: all but the frame
    painter.setBrush(c.surface);
    painter.drawRoundedRect(QRectF(close_->geometry()), 5, 5);  // the cross is seen on every picture
    painter.setBrush(Qt::NoBrush);
    for (const auto& [colour, width] : {std::pair(QColor(20, 20, 30, 160), 3.0), std::pair(QColor(Qt::white), 1.5)}) {
        painter.setPen(QPen(colour, width));
        painter.drawRect(frame.adjusted(0.75, 0.75, -0.75, -0.75));
    }
}

void Navigator::resizeEvent(QResizeEvent*) { close_->move(width() - kClose - kFrame - 2, kFrame + 2); }

void Navigator::goTo(QPointF at) {
    if (canvas_.hasPicture()) {
        const QRectF inside = QRectF(rect()).adjusted(kFrame, kFrame, -kFrame, -kFrame);
        const QSizeF picture = canvas_.picture()->size();
        canvas_.centreOn({(at.x() - inside.x()) / inside.width() * picture.width(),
                          (at.y() - inside.y()) / inside.height() * picture.height()});
    }
}

void Navigator::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        goTo(event->position());
    }
}

void Navigator::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) {
        goTo(event->position());
    }
}

void Navigator::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    const int right = int(key == Qt::Key_Right) - int(key == Qt::Key_Left);
    const int down = int(key == Qt::Key_Down) - int(key == Qt::Key_Up);
    if ((right == 0 && down == 0) || !canvas_.hasPicture()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const QRectF seen = part();
    canvas_.centreOn(seen.center() + QPointF(right * seen.width(), down * seen.height()) * kStep);
}

void Navigator::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void Navigator::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void Navigator::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void Navigator::retranslate() {
    setAccessibleName(tr("Navigator"));
    setToolTip(tr("What is seen of the picture. Drag the frame, or move it with the arrow keys."));
    close_->setToolTip(tr("Close the navigator; the View menu brings it back"));
    close_->setAccessibleName(tr("Close the navigator"));
}

}  // namespace maskwright::ui
