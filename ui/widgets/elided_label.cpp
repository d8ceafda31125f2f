#include "ui/widgets/elided_label.h"

#include <QEvent>
#include <algorithm>

namespace maskwright::ui {
namespace {

constexpr int kLeast = 48;  // pixels: a few letters

}  // namespace

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) { setTextFormat(Qt::PlainText); }

void ElidedLabel::setWhole(const QString& text) {
    if (whole_ != text) {
        whole_ = text;
        setAccessibleName(text);
        updateGeometry();
        cut();
    }
}

QSize ElidedLabel::sizeHint() const {
    // A little more: an advance is rounded, and eliding rounds it the other way.
    return {fontMetrics().horizontalAdvance(whole_) + 2, QLabel::sizeHint().height()};
}

QSize ElidedLabel::minimumSizeHint() const {
    return {std::min(kLeast, sizeHint().width()), QLabel::minimumSizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
    QLabel::resizeEvent(event);
    cut();
}

void ElidedLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        cut();
    }
}

void ElidedLabel::cut() {
    setText(fontMetrics().elidedText(whole_, Qt::ElideRight, width()));
    setToolTip(text() == whole_ ? QString() : whole_);
}

}  // namespace maskwright::ui
