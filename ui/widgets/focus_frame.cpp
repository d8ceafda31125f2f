#include "ui/widgets/focus_frame.h"

#include <QEvent>
#include <QFocusEvent>
#include <QPainter>

#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

bool isByKey(Qt::FocusReason reason) {
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
}

// A menu or another window has the focus for a while, and it comes back.
bool isPassing(Qt::FocusReason reason) {
    return reason == Qt::PopupFocusReason || reason == Qt::ActiveWindowFocusReason;
}

}  // namespace

FocusFrame::FocusFrame(QWidget& around) : QWidget(&around) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    around.installEventFilter(this);
}

bool FocusFrame::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::FocusIn:
            if (isByKey(static_cast<QFocusEvent*>(event)->reason())) {
                setGeometry(parentWidget()->rect());
                raise();
                show();
            }
            break;
        case QEvent::FocusOut:
            if (!isPassing(static_cast<QFocusEvent*>(event)->reason())) {
                hide();
            }
            break;
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
