#include "ui/widgets/pill.h"

#include <QPainter>

namespace maskwright::ui {
namespace {
constexpr int kSide = 17;  // pixels beside the text
}

Pill::Pill(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Pill::clear);
    QFont larger = font();
    larger.setPointSizeF(larger.pointSizeF() * 1.05);
    setFont(larger);
    hide();
}

void Pill::say(const QString& text, int milliseconds) {
    text_ = text;
    setAccessibleName(text);
    show();
    if (milliseconds > 0) {
        timer_.start(milliseconds);
    } else {
        timer_.stop();
    }
    Q_EMIT resized();
    update();
}

void Pill::clear() {
    timer_.stop();
    hide();
}

QSize Pill::sizeHint() const {
    // A little more: an advance is rounded, and eliding rounds it the other way.
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text_) + 2 * kSide + 2, metrics.height() + 18};
}

void Pill::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    // The same in both schemes: it lies on a photograph, not on the window.
    painter.setBrush(QColor(24, 24, 30, 225));
    painter.drawRoundedRect(rect(), height() / 2.0, height() / 2.0);
    painter.setPen(QColor(245, 245, 250));
    painter.drawText(rect().adjusted(kSide, 0, -kSide, 0), Qt::AlignCenter,
                     QFontMetrics(font()).elidedText(text_, Qt::ElideMiddle, width() - 2 * kSide));
}

}  // namespace maskwright::ui
