#include "ui/panels/style_panel.h"

#include <QCheckBox>
#include <QColorDialog>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPixmap>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <algorithm>

#include "core/visual_prompt/engineer.h"
#include "core/visual_prompt/style_fields.h"
#include "ui/model/error_text.h"
#include "ui/panels/style_picture.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/section.h"
#include "ui/widgets/value_slider.h"

namespace maskwright::ui {

using visual_prompt::Style;

namespace {

constexpr int kFrame = 12;  // milliseconds: with the drawing itself, under one frame

// Core names presets in English; here they are for the translators.
[[maybe_unused]] const char* const kPresetTitles[] = {
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Crop, blur and darken the background"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Crop, blur and darken, 224 pixels"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Crop"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background removed"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background at 15 %"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background at 15 %, object lightened"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background blurred a little, 50 %"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background blurred, 50 %"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background blurred, 10 %"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "The region's shape only"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "The picture as it is"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Nothing (mean grey)"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Red outline"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Object dyed red"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background in grey"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Red rectangle"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Class token sees the region only"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background at 50 %"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background at 10 %"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background at 0 %"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background blurred"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Background blurred, 10 %, 224 pixels"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Crop with much context"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Crop with little context"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Crop, background blurred"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Crop, background at 10 %"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Class token sees the region only, last block"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Class token sees the region only, all blocks"),
    QT_TRANSLATE_NOOP("maskwright::ui::StylePanel", "Everything outside hidden inside the encoder"),
};

QString number(double value, int digits) { return QLocale().toString(value, 'f', digits); }
QString percent(double value) { return number(value * 100, 0) + QStringLiteral(" %"); }
QString signedNumber(double value) { return (value > 0 ? QStringLiteral("+") : QString()) + number(value, 2); }

// With the number's own range, step and default.
template <class T>
ValueSlider* sliderOf(T Style::*member, std::function<QString(double)> format) {
    const visual_prompt::Range range = visual_prompt::rangeOf(member);
    auto* slider = new ValueSlider(range.low, range.high, range.step, std::move(format));
    slider->setDefault(Style{}.*member);
    return slider;
}

}  // namespace

StylePanel::StylePanel(Document& document, Marks& marks, QWidget* parent)
    : QWidget(parent),
      document_(document),
      marks_(marks),
      section_(new Section),
      view_(new StylePicture(this)),
      preset_(new ChoiceBox),
      tint_(new ChoiceBox),
      tokens_(new ChoiceBox),
      content_(new ChoiceBox),
      ground_(new ChoiceBox),
      crop_(new QCheckBox),
      context_(sliderOf(&Style::context, percent)),
      background_(sliderOf(&Style::backgroundFactor, percent)),
      blur_(sliderOf(&Style::blurSigma, [](double v) { return tr("%1 px").arg(number(v, 2)); })),
      markWidth_(
          sliderOf(&Style::markWidth, [](double v) { return v > 0 ? tr("%1 px").arg(number(v, 0)) : tr("usual"); })),
      markColour_(new QPushButton),
      size_(sliderOf(&Style::size, [](double v) { return tr("%1 px").arg(number(v, 0)); })),
      fromLayer_(sliderOf(&Style::maskFromLayer, [](double v) { return number(v, 0); })),
      more_(new Section),
      brightness_(sliderOf(&Style::brightness, percent)),
      objectFactor_(sliderOf(&Style::objectFactor, percent)),
      objectShift_(sliderOf(&Style::objectShift, signedNumber)),
      shift_(sliderOf(&Style::shift, signedNumber)),
      compare_(new QPushButton),
      note_(new QLabel) {
    nameParts();
    layOut();
    bindSliders();
    connectParts();
    frame_.setSingleShot(true);
    frame_.setInterval(kFrame);
    retranslate();
    follow();
    refresh();
}

void StylePanel::nameParts() {
    preset_->setObjectName("preset");
    context_->setObjectName("context");
    background_->setObjectName("background");
    blur_->setObjectName("blur");
    size_->setObjectName("size");
    crop_->setObjectName("crop");
    tint_->setObjectName("tint");
    markWidth_->setObjectName("markWidth");
    markColour_->setObjectName("markColour");
    tokens_->setObjectName("tokens");
    content_->setObjectName("content");
    ground_->setObjectName("ground");
    fromLayer_->setObjectName("fromLayer");
    brightness_->setObjectName("brightness");
    objectFactor_->setObjectName("objectFactor");
    objectShift_->setObjectName("objectShift");
    shift_->setObjectName("shift");
    more_->setObjectName("moreStyle");
    note_->setObjectName("muted");
}

void StylePanel::layOut() {
    note_->setWordWrap(true);
    compare_->setIcon(icon("compare"));
    for (QComboBox* box : {preset_, tint_, tokens_, content_, ground_}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
    }
    section_->body()->addWidget(view_->slot());
    section_->body()->addWidget(note_);
    section_->body()->addWidget(preset_);
    for (QWidget* widget : std::initializer_list<QWidget*>{background_, blur_, crop_, context_, size_, tint_,
                                                           markWidth_, markColour_, more_}) {
        section_->body()->addWidget(widget);
    }
    for (QWidget* widget : std::initializer_list<QWidget*>{content_, ground_, brightness_, objectFactor_, objectShift_,
                                                           shift_, tokens_, fromLayer_}) {
        more_->body()->addWidget(widget);
    }
    section_->body()->addWidget(compare_);
    more_->setOpen(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(section_);
}

template <class T>
void StylePanel::bind(ValueSlider* slider, const char* merge, T Style::*member) {
    connect(slider, &ValueSlider::moved, this, [this, merge, member](double value) {
        edit(merge, [&](Style& s) { s.*member = static_cast<T>(value + (std::is_integral_v<T> ? 0.5 : 0)); });
    });
    connect(slider, &ValueSlider::settled, this, [this] { document_.endMerge(); });
    connect(slider, &ValueSlider::reset, this,
            [this, member] { edit({}, [&](Style& s) { s.*member = Style{}.*member; }); });
}

void StylePanel::bindSliders() {
    bind(context_, "context", &Style::context);
    bind(background_, "background", &Style::backgroundFactor);
    bind(blur_, "blur", &Style::blurSigma);
    bind(size_, "size", &Style::size);
    bind(markWidth_, "markWidth", &Style::markWidth);
    bind(fromLayer_, "fromLayer", &Style::maskFromLayer);
    bind(brightness_, "brightness", &Style::brightness);
    bind(objectFactor_, "objectFactor", &Style::objectFactor);
    bind(objectShift_, "objectShift", &Style::objectShift);
    bind(shift_, "shift", &Style::shift);
}

void StylePanel::connectParts() {
    // Tokens are hidden in the whole picture only: choosing one of the two takes the other back.
    connect(tokens_, &QComboBox::activated, this, [this](int i) {
        edit({}, [i](Style& s) {
            s.tokenMasking = visual_prompt::TokenMasking(i);
            s.crop = s.crop && i == 0;
        });
    });
    connect(crop_, &QCheckBox::clicked, this, [this](bool on) {
        edit({}, [on](Style& s) {
            s.crop = on;
            if (on) {
                s.tokenMasking = visual_prompt::TokenMasking::none;
            }
        });
    });
    connect(content_, &QComboBox::activated, this,
            [this](int i) { edit({}, [i](Style& s) { s.content = visual_prompt::Content(i); }); });
    connect(ground_, &QComboBox::activated, this,
            [this](int i) { edit({}, [i](Style& s) { s.ground = visual_prompt::Ground(i); }); });
    connect(tint_, &QComboBox::activated, this,
            [this](int i) { edit({}, [i](Style& s) { s.tint = visual_prompt::Tint(i); }); });
    connect(markColour_, &QPushButton::clicked, this, &StylePanel::chooseColour);
    connect(preset_, &QComboBox::activated, this, [this](int i) {
        const auto& all = visual_prompt::presets();
        if (i >= 0 && std::size_t(i) < all.size()) {
            edit({}, [&](Style& s) { s = all[std::size_t(i)].style; });
        }
    });
    connect(compare_, &QPushButton::clicked, this, &StylePanel::compareWanted);
    connect(&document_, &Document::searchChanged, this, &StylePanel::follow);
    connect(&marks_, &Marks::shownChanged, this, &StylePanel::later);
    connect(&frame_, &QTimer::timeout, this, &StylePanel::refresh);
}

void StylePanel::setModel(int cell, bool hasTokens) {
    const visual_prompt::Range sizes = visual_prompt::rangeOf(&Style::size);
    cell = cell > 0 ? cell : int(sizes.step);
    size_->setRange(cell, int(sizes.high) / cell * cell, cell);
    hasTokens_ = hasTokens;
    follow();
}

// What the model cannot do stays to be read, but not to be chosen; one chosen before can be taken back.
void StylePanel::allow() {
    const auto enable = [this](QComboBox* box, int i) {
        if (auto* items = qobject_cast<QStandardItemModel*>(box->model()); items != nullptr && i < items->rowCount()) {
            items->item(i)->setEnabled(hasTokens_);
        }
    };
    for (int i = 1; i < tokens_->count(); ++i) {
        enable(tokens_, i);
    }
    const auto& all = visual_prompt::presets();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].style.tokenMasking != visual_prompt::TokenMasking::none) {
            enable(preset_, int(i));
        }
    }
    tokens_->setToolTip(
        hasTokens_ ? tr("Hides what is outside within CLIP's encoder instead of changing pixels.")
                   : tr("This model has no tokens to hide: its encoder is not a transformer. CLIPSeg's models have."));
}

void StylePanel::chooseColour() {
    const auto [red, green, blue] = document_.search().style.markColour;
    auto* dialog = new QColorDialog(QColor(red, green, blue), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Colour of the line"));
    connect(dialog, &QColorDialog::colorSelected, this, [this](const QColor& colour) {
        edit({}, [&](Style& s) {
            s.markColour = {std::uint8_t(colour.red()), std::uint8_t(colour.green()), std::uint8_t(colour.blue())};
        });
    });
    dialog->open();
}

void StylePanel::edit(const QString& merge, const std::function<void(Style&)>& change) {
    document_.edit(tr("way of showing"), merge, [&](Search& s) { change(s.style); });
    refresh();
}

void StylePanel::later() {
    // Not restarted while it runs: a hand that keeps moving would never see it.
    if (!frame_.isActive()) {
        frame_.start();
    }
}

void StylePanel::refresh() {
    frame_.stop();
    const Marks::Shown shown = marks_.shown();
    picture_ = {};
    QString problem = tr("Mark an object to see what the model will see of it.");
    if (shown.image && shown.region) {
        const auto engineered = visual_prompt::engineer(*shown.image, *shown.region, document_.search().style);
        if (engineered) {
            picture_ = toQImage(*engineered);
        } else {
            problem = errorLine(engineered.error());
        }
    }
    compare_->setEnabled(!picture_.isNull());
    view_->setPicture(picture_, problem);
}

void StylePanel::follow() {
    const Style& style = document_.search().style;
    context_->setValue(style.context);
    background_->setValue(style.backgroundFactor);
    blur_->setValue(style.blurSigma);
    size_->setValue(style.size);
    crop_->setChecked(style.crop);
    context_->setEnabled(style.crop);
    tint_->setCurrentIndex(int(style.tint));
    const bool line = style.tint == visual_prompt::Tint::outline || style.tint == visual_prompt::Tint::rectangle;
    markWidth_->setVisible(line);
    markWidth_->setValue(style.markWidth);
    markColour_->setVisible(line);
    QPixmap colour(14, 14);
    colour.fill(QColor(style.markColour[0], style.markColour[1], style.markColour[2]));
    markColour_->setIcon(colour);
    tokens_->setCurrentIndex(int(style.tokenMasking));
    fromLayer_->setValue(style.maskFromLayer);
    fromLayer_->setVisible(style.masksFromLayer());
    content_->setCurrentIndex(int(style.content));
    ground_->setCurrentIndex(int(style.ground));
    brightness_->setValue(style.brightness);
    objectFactor_->setValue(style.objectFactor);
    objectShift_->setValue(style.objectShift);
    shift_->setValue(style.shift);
    const auto& all = visual_prompt::presets();
    const auto same = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.style == style; });
    preset_->setCurrentIndex(same == all.end() ? -1 : int(same - all.begin()));
    allow();
    later();
}

void StylePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        refresh();
    }
    QWidget::changeEvent(event);
}

void StylePanel::retranslate() {
    section_->setTitle(tr("What the model sees"));
    note_->setText(tr("Exactly these pixels go into the model."));
    preset_->clear();
    for (const auto& preset : visual_prompt::presets()) {
        preset_->addItem(tr(preset.title.c_str()));
        preset_->setItemData(preset_->count() - 1, QString::fromStdString(preset.name), Qt::ToolTipRole);
    }
    preset_->setPlaceholderText(tr("Own setting"));
    preset_->setAccessibleName(tr("Preset"));
    tint_->clear();
    tint_->addItems(
        {tr("No tint"), tr("Outline"), tr("Object in red on grey"), tr("Grey background"), tr("Rectangle")});
    tint_->setAccessibleName(tr("Tint"));
    markWidth_->setTitle(tr("Line"),
                         tr("How wide the line is drawn. Usual: 5 pixels for an outline, 2 for a rectangle."));
    markColour_->setText(tr("Colour of the line…"));
    tokens_->clear();
    tokens_->addItems({tr("Attention: everywhere"), tr("Attention: only inside, all blocks"),
                       tr("Attention: only inside, from a block on"), tr("Attention: class token only inside")});
    tokens_->setAccessibleName(tr("Attention"));
    fromLayer_->setTitle(tr("From block"), tr("The first block in which the outside is hidden."));
    background_->setTitle(tr("Background"), tr("How bright the surroundings stay. 100 %: as they are."));
    blur_->setTitle(tr("Blur"), tr("How much the surroundings are blurred."));
    crop_->setText(tr("Crop to the object"));
    context_->setTitle(tr("Context"), tr("How much of the surroundings is kept around the object when cropping."));
    size_->setTitle(tr("Size"), tr("The side of the picture the model gets."));
    more_->setTitle(tr("More"));
    content_->clear();
    content_->addItems({tr("Shows: the picture"), tr("Shows: the region's shape"), tr("Shows: nothing")});
    content_->setAccessibleName(tr("Content"));
    content_->setToolTip(tr("What is shown at all: the picture, white where the object is, or mean grey."));
    ground_->clear();
    ground_->addItems({tr("Darkens towards grey"), tr("Darkens towards black")});
    ground_->setAccessibleName(tr("Ground"));
    ground_->setToolTip(
        tr("What darkening pulls towards, and what fills a crop up to a square. The published models learned grey."));
    brightness_->setTitle(tr("Brightness"), tr("Of object and surroundings alike."));
    objectFactor_->setTitle(tr("Object"), tr("How strongly the object itself is shown. 100 %: as it is."));
    objectShift_->setTitle(tr("Object lighter or darker"), tr("Added to the object, in the model's units."));
    shift_->setTitle(tr("All lighter or darker"), tr("Added to everything, in the model's units."));
    compare_->setText(tr("Compare ways of showing…"));
    compare_->setToolTip(tr("Try every preset on this example"));
    follow();
}

}  // namespace maskwright::ui
