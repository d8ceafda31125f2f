#include "ui/widgets/choice_box.h"

#include <QPainter>
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

void ChoiceBox::wheelEvent(QWheelEvent* event) { event->ignore(); }

}  // namespace maskwright::ui
