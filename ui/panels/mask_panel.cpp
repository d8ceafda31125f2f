#include "ui/panels/mask_panel.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/panels/histogram_strip.h"
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

// In the order of the buttons.
constexpr std::array<MaskView, kMaskViews> kShown = {MaskView::tint, MaskView::outline, MaskView::spotlight,
                                                     MaskView::mask, MaskView::cutout,  MaskView::heat};

constexpr double kLowest = 0.01, kHighest = 0.99;  // thresholds

QString percent(double value) { return QLocale().toString(value * 100, 'f', 0) + QStringLiteral(" %"); }

}  // namespace

MaskPanel::MaskPanel(Document& document, OverlayState& overlay, QWidget* parent)
    : QWidget(parent),
      document_(document),
      overlay_(overlay),
      section_(new Section),
      view_(new Segments(kMaskViews, nullptr, 3)),
      split_(new QCheckBox),
      threshold_(new ValueSlider(kLowest, kHighest, 0.01,
                                 [this](double v) {
                                     if (objectInHand()) {
                                         return tr("object");
                                     }
                                     if (document_.search().automatic) {
                                         return tr("%1 · automatic").arg(percent(document_.threshold()));
                                     }
                                     if (document_.search().threshold) {
                                         return percent(v);
                                     }
                                     // Nobody knows it before a model is open.
                                     return document_.modelOpen() ? tr("%1 · model's own").arg(percent(v))
                                                                  : tr("model's own");
                                 })),
      histogram_(new HistogramStrip),
      automatic_(new QCheckBox),
      refine_(new QCheckBox),
      radius_(new ValueSlider(kLeastRefineRadius, kMostRefineRadius, 0.5,
                              [](double v) { return tr("%1 px").arg(QLocale().toString(v, 'f', 1)); })),
      opacity_(new ValueSlider(0, 1, 0.01, percent)),
      colourTitle_(new QLabel),
      colours_(new QButtonGroup(this)),
      presence_(new QLabel) {
    threshold_->setObjectName("threshold");
    opacity_->setObjectName("opacity");
    presence_->setObjectName("muted");
    opacity_->setDefault(output::Appearance{}.opacity);
    opacity_->setValue(overlay_.appearance().opacity);
    view_->setObjectName("maskView");
    split_->setObjectName("splitView");
    automatic_->setObjectName("automaticThreshold");
    refine_->setObjectName("refine");
    radius_->setObjectName("refineRadius");
    radius_->setDefault(kRefineRadius);
    histogram_->setRange(kLowest, kHighest, ValueSlider::kInset);
    threshold_->setBackdrop(histogram_);

    layOut();
    connectParts();
    connectMask();
    followEdges();
    followView();
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

    section_->body()->addWidget(view_);
    section_->body()->addWidget(split_);
    section_->body()->addWidget(threshold_);
    section_->body()->addWidget(automatic_);
    section_->body()->addWidget(presence_);
    section_->body()->addWidget(refine_);
    section_->body()->addWidget(radius_);
    section_->body()->addWidget(opacity_);
    section_->body()->addLayout(row);
    section_->body()->setSpacing(10);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(section_);
}

void MaskPanel::connectParts() {
    connect(view_, &Segments::chosen, this, [this](int view) { overlay_.setView(kShown[std::size_t(view)]); });
    connect(split_, &QCheckBox::clicked, &overlay_, &OverlayState::setSplit);
    connect(opacity_, &ValueSlider::moved, this, [this](double opacity) { overlay_.setOpacity(opacity); });
    connect(opacity_, &ValueSlider::settled, this, [this] { overlay_.keep(); });
    connect(opacity_, &ValueSlider::reset, this, [this] { overlay_.setOpacity(opacity_->value()); });
    connect(colours_, &QButtonGroup::idClicked, this, [this](int colour) { overlay_.setColour(colour); });
    connect(&overlay_, &OverlayState::changed, this, &MaskPanel::followView);
}

void MaskPanel::connectMask() {
    connect(threshold_, &ValueSlider::moved, this, [this](double value) {
        document_.edit(tr("threshold"), "threshold", [value](Search& s) {
            s.threshold = value;
            s.automatic = false;
        });
    });
    connect(threshold_, &ValueSlider::settled, this, [this] { document_.endMerge(); });
    connect(threshold_, &ValueSlider::reset, this, [this] {
        document_.edit(tr("threshold"), {}, [](Search& s) {
            s.threshold.reset();
            s.automatic = false;
        });
    });
    connect(automatic_, &QCheckBox::clicked, this,
            [this](bool on) { document_.edit(tr("automatic threshold"), {}, [on](Search& s) { s.automatic = on; }); });
    connect(refine_, &QCheckBox::clicked, this,
            [this](bool on) { document_.edit(tr("edges"), {}, [on](Search& s) { s.refine = on; }); });
    connect(radius_, &ValueSlider::moved, this, [this](double radius) {
        document_.edit(tr("edges"), "edges", [radius](Search& s) { s.refineRadius = radius; });
    });
    connect(radius_, &ValueSlider::settled, this, [this] { document_.endMerge(); });
    connect(radius_, &ValueSlider::reset, this,
            [this] { document_.edit(tr("edges"), {}, [](Search& s) { s.refineRadius = kRefineRadius; }); });
    connect(&document_, &Document::thresholdChanged, this, &MaskPanel::followThreshold);
    connect(&document_, &Document::searchChanged, this, &MaskPanel::followThreshold);
    connect(&document_, &Document::rowsChanged, this, &MaskPanel::followParts);
    connect(&document_, &Document::searchChanged, this, &MaskPanel::followEdges);
}

void MaskPanel::followThreshold() {
    threshold_->setDefault(document_.modelThreshold());
    threshold_->setValue(document_.threshold());
    automatic_->setChecked(document_.search().automatic);
    histogram_->setThreshold(document_.threshold(), toQColor(overlay_.colourNow()));
    setPresence(shownPresence_);
}

bool MaskPanel::objectInHand() const {
    const Row* row = document_.row(document_.currentRow());
    return row != nullptr && row->object;
}

// An object is all or nothing: there are no probabilities to cut, and no coarse border to move. A folder's pictures are
// small, and many: each is cut at the same threshold, and drawn in colours alone.
void MaskPanel::followParts() {
    const bool object = objectInHand();
    for (QWidget* part : std::initializer_list<QWidget*>{threshold_, histogram_}) {
        part->setEnabled(!object);
    }
    for (QWidget* part : std::initializer_list<QWidget*>{automatic_, refine_, radius_}) {
        part->setEnabled(!object && !folder_);
    }
    split_->setEnabled(!folder_);
    const QString ofObject =
        tr("This row is an object by itself, taken out of a mask or a candidate: no model is asked for "
           "it, so it has no probabilities. “Correct” changes it.");
    const QString ofFolder = tr("This is for one picture at a time: click one of the folder's.");
    const auto told = [&](const QString& usual) { return folder_ ? ofFolder : object ? ofObject : usual; };
    threshold_->setTitle(tr("Threshold"), object ? ofObject
                                                 : tr("From which probability on a pixel belongs to the "
                                                      "mask.\nDouble-click for the model's own."));
    automatic_->setToolTip(
        told(tr("Read the threshold off the probabilities: where they part best into two groups, "
                "and never below half of the model's own")));
    refine_->setToolTip(told(tr("Move the mask's border to edges of the picture nearby")));
    radius_->setTitle(tr("Reach of edges"),
                      told(tr("How far from the mask's coarse border an edge is looked for, in pixels of a map 352 "
                              "pixels wide.\nDouble-click for the default.")));
    split_->setToolTip(folder_ ? ofFolder : tr("The picture alone left of a line that can be moved"));
    for (const MaskView view : {MaskView::mask, MaskView::cutout}) {
        view_->setUsable(int(std::find(kShown.begin(), kShown.end(), view) - kShown.begin()), !folder_, ofFolder);
    }
    followThreshold();
}

void MaskPanel::setOfFolder(bool folder) {
    folder_ = folder;
    followParts();
}

void MaskPanel::followEdges() {
    const Search& search = document_.search();
    refine_->setChecked(search.refine);
    radius_->setValue(search.refineRadius);
    radius_->setVisible(search.refine);
}

void MaskPanel::followView() {
    const MaskView view = overlay_.view();
    view_->setCurrent(int(std::find(kShown.begin(), kShown.end(), view) - kShown.begin()));
    split_->setChecked(overlay_.split());
    // What a view does not ask about is not there to be turned.
    opacity_->setVisible(view == MaskView::tint || view == MaskView::spotlight || view == MaskView::heat);
    histogram_->setThreshold(document_.threshold(), toQColor(overlay_.colourNow()));
    followColour();
}

void MaskPanel::setHistogram(const Histogram* histogram) { histogram_->setHistogram(histogram); }

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
    const QString together =
        QStringLiteral("\n") + tr("All rows that are shown count as one mask; hide some, or show only one.");
    view_->setTexts(
        {tr("Tint"), tr("Outline"), tr("Spotlight"), tr("Mask"), tr("Cutout"), tr("Heat")},
        {tr("Colour what was found"), tr("Draw only the border of what was found"),
         tr("Darken everything else") + together, tr("The mask alone, black and white") + together,
         tr("What was found, cut out over a checkerboard") + together, tr("Show the probability of every pixel")});
    split_->setText(tr("Before and after"));
    automatic_->setText(tr("Automatic"));
    refine_->setText(tr("Edges follow the picture"));
    followParts();
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
