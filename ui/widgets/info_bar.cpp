#include "ui/widgets/info_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {

InfoBar::InfoBar(QWidget* parent) : QFrame(parent), icon_(new QLabel), text_(new QLabel), close_(new QToolButton) {
    setObjectName("infoBar");
    text_->setObjectName("infoText");
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text_->setTextFormat(Qt::RichText);
    close_->setObjectName("flat");
    close_->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(icon_, 0, Qt::AlignVCenter);
    row->addWidget(text_, 1);
    row->addWidget(close_, 0, Qt::AlignTop);
    connect(close_, &QToolButton::clicked, this, &InfoBar::dismiss);
    retranslate();
    hide();
}

void InfoBar::showMessage(Kind kind, const QString& what, const QString& advice) {
    kind_ = kind;
    what_ = what;
    advice_ = advice;
    colour();
    show();
}

void InfoBar::dismiss() { hide(); }

QString InfoBar::text() const { return advice_.isEmpty() ? what_ : what_ + QStringLiteral("\n") + advice_; }

void InfoBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange && isVisible()) {
        colour();
    }
    QFrame::changeEvent(event);
}

void InfoBar::paintEvent(QPaintEvent*) {
    const Colours& c = Theme::colours();
    QPainter painter(this);
    painter.fillRect(rect(), kind_ == Kind::error ? c.errorBack : c.noticeBack);
}

void InfoBar::colour() {
    const Colours& c = Theme::colours();
    const QColor ink = kind_ == Kind::error ? c.errorText : c.noticeText;
    icon_->setPixmap(icon(kind_ == Kind::error ? "warning" : "info", ink).pixmap(QSize(20, 20), devicePixelRatioF()));
    close_->setIcon(icon("close", ink));
    QString text = QStringLiteral("<span style='color:%1'><b>%2</b>").arg(ink.name(), what_.toHtmlEscaped());
    if (!advice_.isEmpty()) {
        text += QStringLiteral("<br>%1").arg(advice_.toHtmlEscaped());
    }
    text_->setText(text + QStringLiteral("</span>"));
    update();
}

void InfoBar::retranslate() {
    close_->setToolTip(tr("Dismiss (Esc)"));
    close_->setAccessibleName(tr("Dismiss"));
}

}  // namespace maskwright::ui
