#include "ui/widgets/capped_list.h"

#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>

namespace maskwright::ui {

CappedList::CappedList(int highest, QWidget* parent) : QScrollArea(parent), highest_(highest) {
    auto* inner = new QWidget;
    inner->setObjectName("clear");
    rows_ = new QVBoxLayout(inner);
    rows_->setContentsMargins(0, 0, 0, 0);
    setWidget(inner);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    inner->installEventFilter(this);
}

QSize CappedList::sizeHint() const {
    const QSize inner = widget()->sizeHint();
    return {inner.width(), std::min(inner.height(), highest_)};
}

bool CappedList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
    }
    return QScrollArea::eventFilter(watched, event);
}

}  // namespace maskwright::ui
