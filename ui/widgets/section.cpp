#include "ui/widgets/section.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/widgets/icons.h"

namespace maskwright::ui {

Section::Section(QWidget* parent)
    : QWidget(parent),
      title_(new QToolButton),
      content_(new QWidget),
      body_(new QVBoxLayout(content_)),
      head_(new QWidget) {
    title_->setObjectName("section");
    title_->setCheckable(true);
    title_->setChecked(true);
    title_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    title_->setIconSize({14, 14});
    title_->setIcon(icon("down"));
    title_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    body_->setContentsMargins(2, 4, 2, 10);
    body_->setSpacing(12);
    auto* row = new QHBoxLayout(head_);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(title_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head_);
    column->addWidget(content_);
    connect(title_, &QToolButton::toggled, this, [this](bool open) {
        content_->setVisible(open);
        title_->setIcon(icon(open ? "down" : "right"));
        Q_EMIT toggled(open);
    });
}

void Section::setTitle(const QString& title) { title_->setText(title); }

void Section::addCorner(QWidget* widget) { head_->layout()->addWidget(widget); }

void Section::setOpen(bool open) { title_->setChecked(open); }


}  // namespace maskwright::ui
