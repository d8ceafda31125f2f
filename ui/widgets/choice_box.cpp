#include "ui/widgets/choice_box.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include "ui/widgets/icons.h"

namespace maskwright::ui {

void ChoiceBox::paintEvent(QPaintEvent* event) {
    QComboBox::paintEvent(event);
    QPainter painter(this);
    constexpr int kSide = 15;
    icon("down").paint(&painter, QRect(width() - kSide - 7, (height() - kSide) / 2, kSide, kSide), Qt::AlignCenter,
                       isEnabled() ? QIcon::Normal : QIcon::Disabled);
}

void ChoiceBox::showPopup() {
    // Wide enough for the longest of its texts, however narrow the box is.
    constexpr int kRoom = 40;  // for margins and a scroll bar
    view()->setMinimumWidth(view()->sizeHintForColumn(0) + kRoom);
    QComboBox::showPopup();
}

bool ChoiceBox::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), currentText(), this);
        return true;
    }
    return QComboBox::event(event);
}

void ChoiceBox::wheelEvent(QWheelEvent* event) { event->ignore(); }

}  // namespace maskwright::ui
