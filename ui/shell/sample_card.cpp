#include "ui/shell/sample_card.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr QSize kPhotograph(196, 112);
constexpr int kPhraseGap = 4;

}  // namespace

// A photograph in a rounded frame, cut to the frame's shape.
class PhotographButton : public QAbstractButton {
  public:
    explicit PhotographButton(const Sample& sample) : picture_(sample.file), cutAbove_(sample.cutAbove) {
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
        setFixedSize(kPhotograph);
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        const Colours& c = Theme::colours();
        const QRectF frame = QRectF(rect()).adjusted(2, 2, -2, -2);
        QPainterPath path;
        path.addRoundedRect(frame, 9, 9);
        painter.setClipPath(path);
        // A part as large as the frame's shape allows.
        const QSizeF part = frame.size().scaled(picture_.size(), Qt::KeepAspectRatio);
        const QPointF corner((picture_.width() - part.width()) / 2, (picture_.height() - part.height()) * cutAbove_);
        const QPixmap& small = shown(frame.size(), QRectF(corner, part));
        painter.drawPixmap(frame, small, QRectF(small.rect()));
        painter.setClipping(false);
        const bool lit = underMouse() || hasFocus();
        painter.setPen(QPen(lit ? c.accent : c.border, lit ? 2.5 : 1));
        painter.drawPath(path);
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

  private:
    // The part in the screen's own pixels, made once: a photograph drawn at a fifth of its size is jagged.
    const QPixmap& shown(const QSizeF& frame, const QRectF& part) {
        const QSize pixels = (frame * devicePixelRatioF()).toSize();
        if (scaled_.size() != pixels) {
            scaled_ = picture_.copy(part.toRect()).scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        }
        return scaled_;
    }
    QPixmap picture_, scaled_;
    double cutAbove_;
};

SampleCard::SampleCard(const QString& name, const Sample& sample, QWidget* parent)
    : QWidget(parent), name_(name), photograph_(new PhotographButton(sample)), row_(new QHBoxLayout) {
    photograph_->setObjectName(name_);
    photograph_->installEventFilter(this);
    connect(photograph_, &QAbstractButton::clicked, this, [this] { Q_EMIT wanted({}); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(5);
    column->addWidget(photograph_, 0, Qt::AlignHCenter);
    row_->setSpacing(kPhraseGap);
    row_->addStretch();
    row_->addStretch();
    column->addLayout(row_);
    setSample(sample);
}

QPushButton* SampleCard::phraseButton(std::size_t index) {
    auto* button = new QPushButton(this);
    button->setObjectName(name_ + QStringLiteral("phrase%1").arg(index));
    button->setProperty("chip", true);
    button->setCursor(Qt::PointingHandCursor);
    button->setFocusPolicy(Qt::TabFocus);
    button->installEventFilter(this);
    connect(button, &QPushButton::clicked, this, [this, button] { Q_EMIT wanted(button->text()); });
    row_->insertWidget(int(index) + 1, button);  // between the stretches
    return button;
}

void SampleCard::setSample(const Sample& sample) {
    photograph_->setAccessibleName(sample.title);
    photograph_->setToolTip(sample.title);
    const auto count = std::size_t(sample.phrases.size());
    while (phrases_.size() < count) {
        phrases_.push_back(phraseButton(phrases_.size()));
    }
    for (std::size_t i = 0; i < phrases_.size(); ++i) {
        phrases_[i]->setText(i < count ? sample.phrases[int(i)] : QString());
        phrases_[i]->setVisible(i < count);
    }
}

bool SampleCard::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            static_cast<QAbstractButton*>(watched)->click();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace maskwright::ui
