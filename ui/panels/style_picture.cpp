#include "ui/panels/style_picture.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <algorithm>

#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr int kHeight = 220, kStuckHeight = 150;
constexpr int kSpare = 24;  // a slider's title is above it

}  // namespace

StylePicture::StylePicture(QWidget* panel) : QWidget(panel), panel_(panel), slot_(new QWidget(panel)) {
    setObjectName("stylePicture");
    slot_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    slot_->setFixedHeight(kHeight);
    slot_->installEventFilter(this);
    panel_->installEventFilter(this);
    // The area scrolls to what takes the focus, and knows nothing of what lies above it: after it, a little further.
    connect(qApp, &QApplication::focusChanged, this, &StylePicture::uncover, Qt::QueuedConnection);
}

void StylePicture::setPicture(const QImage& picture, const QString& problem) {
    picture_ = picture;
    problem_ = problem;
    update();
}

bool StylePicture::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::Show:
            if (scroll_ == nullptr) {
                for (QWidget* each = panel_; each != nullptr && scroll_ == nullptr; each = each->parentWidget()) {
                    scroll_ = qobject_cast<QScrollArea*>(each);
                }
                if (scroll_ != nullptr) {
                    connect(scroll_->verticalScrollBar(), &QScrollBar::valueChanged, this, &StylePicture::place);
                }
            }
            place();
            break;
        case QEvent::Hide:
        case QEvent::Move:
        case QEvent::Resize:
            place();
            break;
        default:
            break;
    }
    return QWidget::eventFilter(watched, event);
}

void StylePicture::place() {
    setVisible(slot_->isVisibleTo(panel_));
    const QRect home(slot_->mapTo(panel_, QPoint()), slot_->size());
    int top = home.top();
    if (scroll_ != nullptr) {
        top = std::max(top, panel_->mapFrom(scroll_->viewport(), QPoint()).y());
    }
    const int height = std::max(kStuckHeight, kHeight - (top - home.top()));
    top = std::max(home.top(), std::min(top, panel_->height() - height));
    setGeometry(home.left(), top, home.width(), height);
    raise();
}

void StylePicture::uncover(const QWidget*, const QWidget* now) {
    if (scroll_ == nullptr || now == nullptr || now != QApplication::focusWidget() || !panel_->isAncestorOf(now) ||
        !isVisible()) {
        return;
    }
    const QRect there(now->mapTo(panel_, QPoint()), now->size());
    if (geometry().intersects(there)) {
        QScrollBar* bar = scroll_->verticalScrollBar();
        bar->setValue(bar->value() - (geometry().bottom() - there.top()) - kSpare);
    }
}

void StylePicture::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const Colours& c = Theme::colours();
    painter.fillRect(rect(), c.window);  // what passes beneath must not show at the corners
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.canvas);
    painter.drawRoundedRect(rect(), 9, 9);
    if (picture_.isNull()) {
        painter.setPen(c.muted);
        painter.drawText(rect().adjusted(20, 0, -20, 0), Qt::AlignCenter | Qt::TextWordWrap, problem_);
        return;
    }
    const QSize size = picture_.size().scaled(this->size() - QSize(12, 12), Qt::KeepAspectRatio);
    painter.drawImage(QRect((width() - size.width()) / 2, (height() - size.height()) / 2, size.width(), size.height()),
                      picture_);
}

}  // namespace maskwright::ui
