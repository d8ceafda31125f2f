#include "ui/widgets/value_slider.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QSlider>
#include <QStyle>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <cmath>

namespace maskwright::ui {
namespace {

// A click on the groove goes there, instead of a page towards it.
class JumpSlider : public QSlider {
  public:
    using QSlider::QSlider;

  protected:
    void mousePressEvent(QMouseEvent* event) override {
        if (event->button() == Qt::LeftButton) {
            constexpr int kKnob = 2 * ValueSlider::kInset;
            setValue(QStyle::sliderValueFromPosition(minimum(), maximum(), int(event->position().x()) - kKnob / 2,
                                                     width() - kKnob));
        }
        QSlider::mousePressEvent(event);
    }
};

}  // namespace

ValueSlider::ValueSlider(double low, double high, double step, std::function<QString(double)> format, QWidget* parent)
    : QWidget(parent),
      low_(low),
      high_(high),
      step_(step),
      default_(low),
      format_(std::move(format)),
      title_(new QLabel),
      text_(new QLabel),
      slider_(new JumpSlider(Qt::Horizontal)) {
    text_->setObjectName("value");
    title_->setBuddy(slider_);
    setRange(low, high, step);
    slider_->setSingleStep(1);
    slider_->installEventFilter(this);
    auto* top = new QHBoxLayout;
    top->addWidget(title_, 1);
    top->addWidget(text_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addLayout(top);
    column->addWidget(slider_);
    setFocusProxy(slider_);
    connect(slider_, &QSlider::valueChanged, this, [this] {
        refresh();
        Q_EMIT moved(value());
    });
    connect(slider_, &QSlider::sliderReleased, this, &ValueSlider::settled);
    refresh();
}

void ValueSlider::setBackdrop(QWidget* widget) { static_cast<QVBoxLayout*>(layout())->insertWidget(1, widget); }

void ValueSlider::setRange(double low, double high, double step) {
    const QSignalBlocker quiet(slider_);
    const double before = value();
    low_ = low;
    high_ = high;
    step_ = step;
    slider_->setRange(0, int(std::lround((high - low) / step)));
    slider_->setPageStep(std::max(slider_->maximum() / 10, 1));
    setValue(before);
}

void ValueSlider::setTitle(const QString& title, const QString& hint) {
    title_->setText(title);
    slider_->setAccessibleName(title);
    slider_->setToolTip(hint);
    title_->setToolTip(hint);
    refresh();
}

void ValueSlider::setValue(double value) {
    const QSignalBlocker quiet(slider_);
    slider_->setValue(int(std::lround((value - low_) / step_)));
    refresh();
}

double ValueSlider::value() const { return low_ + slider_->value() * step_; }

void ValueSlider::refresh() { text_->setText(format_(value())); }

bool ValueSlider::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::MouseButtonDblClick:
            setValue(default_);
            Q_EMIT reset();
            Q_EMIT settled();
            return true;
        case QEvent::Wheel:
            // A wheel over a panel scrolls the panel; it turns a slider only once that has been chosen.
            if (!slider_->hasFocus()) {
                event->ignore();
                return true;
            }
            break;
        case QEvent::FocusOut:
        case QEvent::KeyRelease:
            Q_EMIT settled();
            break;
        default:
            break;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace maskwright::ui
