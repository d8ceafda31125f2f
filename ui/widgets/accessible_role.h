// What a widget of our own is to a screen reader: Qt takes everything it does not know for a mere container.
#pragma once

#include <QAccessible>

class QWidget;

namespace maskwright::ui {

void setAccessibleRole(QWidget& widget, QAccessible::Role role);

}  // namespace maskwright::ui
