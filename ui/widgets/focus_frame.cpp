#include "ui/widgets/focus_frame.h"

#include <QEvent>
#include <QFocusEvent>
#include <QPainter>

#include "ui/widgets/theme.h"

namespace maskwright::ui {

FocusFrame::FocusFrame(QWidget& around) : QWidget(&around) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    around.installEventFilter(this);
}

bool FocusFrame::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::FocusIn: {
            const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
            if (reason == Qt::MouseFocusReason) {
                break;
            }
            setGeometry(parentWidget()->rect());
            raise();
            show();
            break;
        }
        case QEvent::FocusOut:
        case QEvent::MouseButtonPress:
            hide();
            break;
        case QEvent::Resize:
            setGeometry(parentWidget()->rect());
            break;
        default:
            break;
    }
    return QWidget::eventFilter(watched, event);
}

void FocusFrame::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(QPen(Theme::colours().accent, 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

}  // namespace maskwright::ui
