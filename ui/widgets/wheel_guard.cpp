#include "ui/widgets/wheel_guard.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QEvent>

namespace maskwright::ui {
namespace {

QWidget* guarded(QObject* object) {
    auto* widget = qobject_cast<QWidget*>(object);
    const bool has = qobject_cast<QAbstractSpinBox*>(object) != nullptr || qobject_cast<QComboBox*>(object) != nullptr;
    return has ? widget : nullptr;
}

}  // namespace

WheelGuard::WheelGuard() { qApp->installEventFilter(this); }

bool WheelGuard::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Polish) {
        // By themselves they take the focus with the wheel.
        if (QWidget* widget = guarded(watched); widget != nullptr && widget->focusPolicy() == Qt::WheelFocus) {
            widget->setFocusPolicy(Qt::StrongFocus);
        }
    } else if (event->type() == QEvent::Wheel) {
        if (const QWidget* widget = guarded(watched); widget != nullptr && !widget->hasFocus()) {
            event->ignore();  // it goes to the parent
            return true;
        }
    }
    return false;
}

}  // namespace maskwright::ui
