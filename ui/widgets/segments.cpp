#include "ui/widgets/segments.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QToolButton>

namespace maskwright::ui {

Segments::Segments(int count, QWidget* parent, int columns) : QWidget(parent), group_(new QButtonGroup(this)) {
    const int wide = columns > 0 ? columns : count;
    auto* row = new QGridLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setHorizontalSpacing(0);
    row->setVerticalSpacing(4);
    for (int i = 0; i < count; ++i) {
        auto* button = new QToolButton;
        button->setObjectName("segment");
        button->setProperty("place", i % wide == 0 ? "first" : i % wide + 1 == wide ? "last" : "middle");
        button->setCheckable(true);
        button->setChecked(i == 0);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        group_->addButton(button, i);
        row->addWidget(button, i / wide, i % wide);
        row->setColumnStretch(i % wide, 1);
    }
    connect(group_, &QButtonGroup::idClicked, this, &Segments::chosen);
}

void Segments::setTexts(const QStringList& texts, const QStringList& hints) {
    hints_ = hints;
    for (int i = 0; i < texts.size(); ++i) {
        group_->button(i)->setText(texts[i]);
        group_->button(i)->setToolTip(hints.value(i));
    }
}

void Segments::setUsable(int index, bool usable, const QString& why) {
    group_->button(index)->setEnabled(usable);
    group_->button(index)->setToolTip(usable ? hints_.value(index) : why);
}

void Segments::setCurrent(int index) {
    if (auto* button = group_->button(index)) {
        button->setChecked(true);
    }
}

int Segments::current() const { return group_->checkedId(); }

QWidget& Segments::segment(int index) const { return *group_->button(index); }

}  // namespace maskwright::ui
