#include "ui/panels/correct_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/widgets/section.h"

namespace maskwright::ui {
namespace {

constexpr int kPixels = 3, kMostPixels = 200;        // of grow, shrink and smooth
constexpr int kSpecks = 100, kMostSpecks = 1000000;  // pixels that a part must have to stay

}  // namespace

CorrectPanel::CorrectPanel(Corrections& corrections, QWidget* parent)
    : QWidget(parent),
      corrections_(corrections),
      section_(new Section),
      takeBack_(new QPushButton),
      pixelsTitle_(new QLabel),
      specksTitle_(new QLabel),
      pixels_(new QSpinBox),
      specks_(new QSpinBox) {
    setObjectName("correct");
    for (std::size_t i = 0; i < changes_.size(); ++i) {
        changes_[i] = new QPushButton;
        connect(changes_[i], &QPushButton::clicked, this, [this, i] { apply(MaskChange(i)); });
    }
    connect(takeBack_, &QPushButton::clicked, &corrections_, &Corrections::takeBack);
    connect(&corrections_, &Corrections::busyChanged, this, &CorrectPanel::follow);
    pixels_->setRange(1, kMostPixels);
    pixels_->setValue(kPixels);
    pixels_->setObjectName("correctPixels");
    specks_->setRange(2, kMostSpecks);
    specks_->setValue(kSpecks);
    specks_->setObjectName("correctSpecks");
    layOut();
    retranslate();
    follow();
}

void CorrectPanel::layOut() {
    const auto button = [this](MaskChange change) { return changes_[std::size_t(change)]; };
    for (QPushButton* one : changes_) {
        one->setProperty("tight", true);
    }
    takeBack_->setProperty("tight", true);
    for (QSpinBox* box : {pixels_, specks_}) {
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);  // arrow keys and the wheel do it; there is little room
    }
    const auto row = [this](std::initializer_list<QWidget*> parts) {
        auto* line = new QHBoxLayout;
        line->setSpacing(6);
        for (QWidget* part : parts) {
            line->addWidget(part, qobject_cast<QSpinBox*>(part) != nullptr ? 0 : 1);
        }
        section_->body()->addLayout(line);
    };
    section_->body()->setSpacing(6);
    row({button(MaskChange::fillHoles), button(MaskChange::largestPart)});
    row({specksTitle_, specks_, button(MaskChange::dropSpecks)});
    row({pixelsTitle_, pixels_});
    row({button(MaskChange::grow), button(MaskChange::shrink), button(MaskChange::smooth)});
    row({button(MaskChange::invert), takeBack_});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(section_);
}

void CorrectPanel::apply(MaskChange change) { corrections_.change(change, amountOf(change)); }

double CorrectPanel::amountOf(MaskChange change) const {
    return change == MaskChange::dropSpecks ? specks_->value() : pixels_->value();
}

void CorrectPanel::follow() {
    setVisible(corrections_.possible());
    for (QPushButton* button : changes_) {
        button->setEnabled(!corrections_.busy());
    }
    takeBack_->setEnabled(corrections_.any());
}

void CorrectPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void CorrectPanel::retranslate() {
    section_->setTitle(tr("Correct"));
    const std::array<std::pair<QString, QString>, 7> texts{{
        {tr("Fill holes"), tr("What the mask closes in belongs to it")},
        {tr("Largest part"), tr("Keep of the mask's parts only the largest")},
        {tr("Drop"), tr("Leave out the parts that are smaller")},
        {tr("Grow"), tr("Move the mask's edge outwards")},
        {tr("Shrink"), tr("Move the mask's edge inwards")},
        {tr("Smooth"), tr("Take away teeth, notches and hairs at the mask's edge")},
        {tr("Invert"), tr("Exchange inside and outside")},
    }};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        changes_[i]->setText(texts[i].first);
        changes_[i]->setToolTip(texts[i].second);
    }
    takeBack_->setText(tr("Remove correction"));
    takeBack_->setToolTip(tr("Show again what was found"));
    specksTitle_->setText(tr("Specks below"));
    specks_->setSuffix(tr(" px"));
    specks_->setAccessibleName(tr("Pixels that a part needs to stay"));
    specks_->setToolTip(specks_->accessibleName());
    pixelsTitle_->setText(tr("Edge, by so many pixels"));
    pixels_->setAccessibleName(tr("Pixels by which the edge moves or is smoothed"));
    pixels_->setToolTip(pixels_->accessibleName());
}

}  // namespace maskwright::ui
