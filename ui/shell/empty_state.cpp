#include "ui/shell/empty_state.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {

std::vector<Example> examples() {
    auto said = [](const char* text) { return QCoreApplication::translate("maskwright::ui::EmptyState", text); };
    return {
        {":/examples/cat.png", said(QT_TRANSLATE_NOOP("maskwright::ui::EmptyState", "cat")),
         said(QT_TRANSLATE_NOOP("maskwright::ui::EmptyState", "A cat"))},
        {":/examples/coffee.png", said(QT_TRANSLATE_NOOP("maskwright::ui::EmptyState", "cup")),
         said(QT_TRANSLATE_NOOP("maskwright::ui::EmptyState", "A cup of coffee"))},
        {":/examples/astronaut.png", said(QT_TRANSLATE_NOOP("maskwright::ui::EmptyState", "person")),
         said(QT_TRANSLATE_NOOP("maskwright::ui::EmptyState", "An astronaut"))},
    };
}

// A photograph in a rounded frame with its name under it.
class ExampleButton : public QAbstractButton {
  public:
    explicit ExampleButton(const QString& file) : picture_(file) {
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    [[nodiscard]] QSize sizeHint() const override { return {148, 100 + fontMetrics().height() + 10}; }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        const Colours& c = Theme::colours();
        const QRectF frame(2, 2, width() - 4, 98);
        QPainterPath path;
        path.addRoundedRect(frame, 9, 9);
        painter.setClipPath(path);
        // Cut to the frame's shape; more from the foot than from the head, where faces are.
        const double shape = frame.width() / frame.height();
        QSizeF part(picture_.size());
        if (part.width() / part.height() > shape) {
            part.setWidth(part.height() * shape);
        } else {
            part.setHeight(part.width() / shape);
        }
        const QPointF corner((picture_.width() - part.width()) / 2, (picture_.height() - part.height()) * 0.2);
        painter.drawPixmap(frame, picture_, QRectF(corner, part));
        painter.setClipping(false);
        const bool lit = underMouse() || hasFocus();
        painter.setPen(QPen(lit ? c.accent : c.border, lit ? 2.5 : 1));
        painter.drawPath(path);
        painter.setPen(lit ? c.text : c.muted);
        painter.drawText(QRect(0, 102, width(), height() - 102), Qt::AlignCenter, text());
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

  private:
    QPixmap picture_;
};

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent), title_(new QLabel), text_(new QLabel), open_(new QPushButton), tryTitle_(new QLabel) {
    QFont large = title_->font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    large.setWeight(QFont::DemiBold);
    title_->setFont(large);
    text_->setObjectName("muted");
    text_->setAlignment(Qt::AlignCenter);
    text_->setWordWrap(true);
    tryTitle_->setObjectName("muted");
    open_->setObjectName("primary");
    open_->setMinimumHeight(36);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->addStretch(3);
    column->addWidget(title_, 0, Qt::AlignCenter);
    column->addSpacing(6);
    column->addWidget(text_);
    column->addSpacing(16);
    column->addWidget(open_, 0, Qt::AlignCenter);
    column->addSpacing(34);
    column->addWidget(tryTitle_, 0, Qt::AlignCenter);
    column->addSpacing(8);
    auto* row = new QHBoxLayout;
    row->setSpacing(14);
    row->addStretch();
    const auto list = examples();
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto* card = new ExampleButton(list[i].file);
        card->setObjectName(QStringLiteral("example%1").arg(i));
        connect(card, &QAbstractButton::clicked, this, [this, i] { Q_EMIT exampleWanted(int(i)); });
        row->addWidget(card);
        cards_.push_back(card);
    }
    row->addStretch();
    column->addLayout(row);
    column->addStretch(4);
    connect(open_, &QPushButton::clicked, this, &EmptyState::openWanted);
    retranslate();
}

void EmptyState::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void EmptyState::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colours().canvas);
}

void EmptyState::retranslate() {
    title_->setText(tr("Drop a picture here"));
    text_->setText(tr("Then type what you are looking for, and it lights up."));
    open_->setText(tr("Open a picture…"));
    tryTitle_->setText(tr("Or try one of these"));
    const auto list = examples();
    for (std::size_t i = 0; i < list.size(); ++i) {
        cards_[i]->setText(list[i].title);
        cards_[i]->setAccessibleName(list[i].title);
    }
}

}  // namespace maskwright::ui
