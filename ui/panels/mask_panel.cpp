#include "ui/panels/mask_panel.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/widgets/section.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/value_slider.h"

namespace maskwright::ui {
namespace {

class Swatch : public QAbstractButton {
  public:
    explicit Swatch(QColor colour) : colour_(colour) {
        setCheckable(true);
        setFixedSize(26, 26);
        setCursor(Qt::PointingHandCursor);
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour_);
        painter.drawEllipse(QRectF(rect()).adjusted(5, 5, -5, -5));
        const Colours& c = Theme::colours();
        painter.setBrush(Qt::NoBrush);
        if (isChecked() || underMouse()) {
            painter.setPen(QPen(isChecked() ? c.text : c.muted, isChecked() ? 2 : 1));
            painter.drawEllipse(QRectF(rect()).adjusted(2, 2, -2, -2));
        }
        if (hasFocus()) {
            painter.setPen(QPen(c.accent, 2));
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5, 5);
        }
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

  private:
    QColor colour_;
};

// Of the masks that the built-in model shows with less, fewer than half are of what was asked for
// (models/sight/README.md).
constexpr double kSure = 0.7;

QString percent(double value) { return QLocale().toString(value * 100, 'f', 0) + QStringLiteral(" %"); }

}  // namespace

MaskPanel::MaskPanel(Document& document, OverlayState& overlay, QWidget* parent)
    : QWidget(parent),
      document_(document),
      overlay_(overlay),
      section_(new Section),
      mode_(new Segments(3)),
      threshold_(new ValueSlider(0.01, 0.99, 0.01,
                                 [this](double v) {
                                     if (document_.search().threshold) {
                                         return percent(v);
                                     }
                                     // Nobody knows it before a model is open.
                                     return document_.modelOpen() ? tr("%1 · model's own").arg(percent(v))
                                                                  : tr("model's own");
                                 })),
      opacity_(new ValueSlider(0, 1, 0.01, percent)),
      colourTitle_(new QLabel),
      colours_(new QButtonGroup(this)),
      presence_(new QLabel) {
    threshold_->setObjectName("threshold");
    opacity_->setObjectName("opacity");
    presence_->setObjectName("muted");
    opacity_->setDefault(output::Appearance{}.opacity);
    opacity_->setValue(overlay_.appearance().opacity);
    mode_->setCurrent(int(overlay_.appearance().mode));

    layOut();
    connectParts();
    threshold_->setValue(document_.threshold());
    retranslate();
}

void MaskPanel::layOut() {
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(colourTitle_, 1);
    for (std::size_t i = 0; i < kOverlayColours.size(); ++i) {
        auto* swatch = new Swatch(toQColor(kOverlayColours[i]));
        colours_->addButton(swatch, int(i));
        row->addWidget(swatch);
    }
    followColour();

    section_->body()->addWidget(mode_);
    section_->body()->addWidget(threshold_);
    section_->body()->addWidget(presence_);
    section_->body()->addWidget(opacity_);
    section_->body()->addLayout(row);
    section_->body()->setSpacing(10);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(section_);
}

void MaskPanel::connectParts() {
    connect(mode_, &Segments::chosen, this, [this](int mode) { overlay_.setMode(output::OverlayMode(mode)); });
    connect(opacity_, &ValueSlider::moved, this, [this](double opacity) { overlay_.setOpacity(opacity); });
    connect(opacity_, &ValueSlider::settled, this, [this] { overlay_.keep(); });
    connect(opacity_, &ValueSlider::reset, this, [this] { overlay_.setOpacity(opacity_->value()); });
    connect(colours_, &QButtonGroup::idClicked, this, [this](int colour) { overlay_.setColour(colour); });
    connect(threshold_, &ValueSlider::moved, this, [this](double value) {
        document_.edit(tr("threshold"), "threshold", [value](Search& s) { s.threshold = value; });
    });
    connect(threshold_, &ValueSlider::settled, this, [this] { document_.endMerge(); });
    connect(threshold_, &ValueSlider::reset, this,
            [this] { document_.edit(tr("threshold"), {}, [](Search& s) { s.threshold.reset(); }); });
    auto follow = [this] {
        threshold_->setDefault(document_.modelThreshold());
        threshold_->setValue(document_.threshold());
        setPresence(shownPresence_);
    };
    connect(&document_, &Document::thresholdChanged, this, follow);
    connect(&overlay_, &OverlayState::changed, this, &MaskPanel::followColour);
    connect(&document_, &Document::searchChanged, this, [this] { threshold_->refresh(); });
}

void MaskPanel::followColour() {
    const int colour = overlay_.colour();
    colours_->setExclusive(colour >= 0);  // none of these: none is chosen
    for (QAbstractButton* button : colours_->buttons()) {
        button->setChecked(colours_->id(button) == colour);
    }
}

void MaskPanel::setPresence(double presence) {
    shownPresence_ = presence;
    presence_->setVisible(presence >= 0);
    const QString number = percent(std::max(presence, 0.0));
    const bool weak = presence > document_.threshold() && presence < kSure;
    presence_->setText(weak ? tr("Best match: %1, perhaps").arg(number) : tr("Best match: %1").arg(number));
}

void MaskPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void MaskPanel::retranslate() {
    section_->setTitle(tr("Mask"));
    mode_->setTexts(
        {tr("Tint"), tr("Spotlight"), tr("Heat")},
        {tr("Colour what was found"), tr("Darken everything else"), tr("Show the probability of every pixel")});
    threshold_->setTitle(
        tr("Threshold"),
        tr("From which probability on a pixel belongs to the mask.\nDouble-click for the model's own."));
    opacity_->setTitle(tr("Opacity"), tr("How strongly the mask covers the picture. Double-click for the default."));
    colourTitle_->setText(tr("Colour"));
    const QStringList names{tr("Pink"), tr("Amber"), tr("Green"), tr("Blue"), tr("Violet")};
    for (int i = 0; i < names.size(); ++i) {
        colours_->button(i)->setAccessibleName(names[i]);
        colours_->button(i)->setToolTip(names[i]);
    }
    presence_->setToolTip(tr("The highest probability in the picture. Below the threshold, nothing is marked."));
    setPresence(shownPresence_);
}

}  // namespace maskwright::ui
