#include "ui/panels/rows_panel.h"

#include <QCheckBox>
#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/panels/row_card.h"
#include "ui/widgets/section.h"

namespace maskwright::ui {

RowsPanel::RowsPanel(Document& document, RowFindings& findings, QWidget* parent)
    : QWidget(parent),
      document_(document),
      findings_(findings),
      section_(new Section),
      intro_(new QLabel),
      cards_(new QVBoxLayout),
      compete_(new QCheckBox) {
    compete_->setObjectName("rowsCompete");
    intro_->setObjectName("muted");
    intro_->setWordWrap(true);
    cards_->setSpacing(4);
    section_->body()->addWidget(intro_);
    section_->body()->addLayout(cards_);
    section_->body()->addWidget(compete_);
    connect(compete_, &QCheckBox::clicked, this, [this](bool on) { document_.setRowsCompete(on); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(section_);
    connect(&document_, &Document::rowsChanged, this, &RowsPanel::follow);
    connect(&document_, &Document::pictureChanged, this, &RowsPanel::follow);
    connect(&document_, &Document::rowsCompeteChanged, this, &RowsPanel::follow);
    connect(&findings_, &RowFindings::changed, this, &RowsPanel::follow);
    retranslate();
    follow();
}

void RowsPanel::follow() {
    std::erase_if(byId_, [this](const auto& card) {
        if (document_.row(card.first) != nullptr) {
            return false;
        }
        cards_->removeWidget(card.second);
        card.second->hide();
        card.second->deleteLater();  // it may be the one whose button was pressed
        return true;
    });
    int place = 0;
    for (const Row& row : document_.rows()) {
        RowCard*& card = byId_[row.id];
        if (card == nullptr) {
            card = new RowCard(row.id, document_, findings_);
            connect(card, &RowCard::dragWanted, this, &RowsPanel::dragWanted);
            connect(card, &RowCard::leftOutWanted, this, &RowsPanel::leftOutWanted);
            connect(card, &RowCard::nameCut, this, &RowsPanel::nameCut);
        }
        if (cards_->indexOf(card) != place) {
            cards_->removeWidget(card);
            cards_->insertWidget(place, card);
        }
        card->follow();
        ++place;
    }
    intro_->setVisible(document_.rows().empty());
    compete_->setChecked(document_.rowsCompete());
    compete_->setVisible(document_.rows().size() > 1 || (document_.rowsCompete() && !document_.rows().empty()));
}

void RowsPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void RowsPanel::retranslate() {
    section_->setTitle(tr("Kept"));
    intro_->setText(tr("Enter keeps a phrase with its mask, in a colour of its own, and you can type the next."));
    compete_->setText(RowCard::competeName());
    compete_->setToolTip(RowCard::competeTip());
}

}  // namespace maskwright::ui
