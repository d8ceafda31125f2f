#include "ui/shell/header_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

#include "ui/shell/actions.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/key_tip.h"
#include "ui/widgets/phrase_box.h"
#include "ui/widgets/segments.h"

namespace maskwright::ui {
namespace {

QToolButton* makeButton(const char* style, const QIcon& picture) {
    auto* button = new QToolButton;
    button->setObjectName(style);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIconSize({18, 18});
    button->setMinimumHeight(36);
    button->setIcon(picture);
    return button;
}

}  // namespace

HeaderBar::HeaderBar(QWidget* parent)
    : QFrame(parent),
      phrase_(new PhraseBox),
      question_(new Segments(2)),
      open_(makeButton("framed", icon("open"))),
      model_(makeButton("framed", icon("model"))),
      save_(makeButton("primary", icon("save", Qt::white))) {
    setObjectName("header");
    question_->setObjectName("question");
    connect(question_, &Segments::chosen, this, [this](int question) { Q_EMIT whichChosen(question == 1); });
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 9);
    row->setSpacing(10);
    model_->setPopupMode(QToolButton::InstantPopup);
    save_->setPopupMode(QToolButton::MenuButtonPopup);
    row->addWidget(open_);
    row->addWidget(phrase_, 1);
    row->addWidget(question_);
    row->addWidget(model_);
    row->addWidget(save_);
    retranslate();
}

void HeaderBar::setActions(const Actions& actions) {
    connect(open_, &QToolButton::clicked, actions.open, &QAction::trigger);
    connect(save_, &QToolButton::clicked, actions.save, &QAction::trigger);
    addKeys(*open_, *actions.open);
    addKeys(*save_, *actions.save);
    save_->setMenu(actions.saveAs);
    model_->setMenu(actions.model);
}

void HeaderBar::setWhichAction(QAction& which) { addKeys(question_->segment(1), which); }

void HeaderBar::addBesidePhrase(QWidget* widget) {
    auto* row = static_cast<QHBoxLayout*>(layout());
    row->insertWidget(row->indexOf(phrase_) + 1, widget);
}

void HeaderBar::focusPhrase(bool select) {
    phrase_->setFocus();
    if (select) {
        phrase_->selectAll();
    }
}

void HeaderBar::setModel(const QString& name) { model_->setText(name); }

void HeaderBar::setSaveable(bool saveable) { save_->setEnabled(saveable); }

void HeaderBar::setWhich(bool which, bool possible) {
    question_->setCurrent(which ? 1 : 0);
    question_->setEnabled(possible);
    phrase_->askWhich(which);
}

void HeaderBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

void HeaderBar::retranslate() {
    open_->setText(tr("Open"));
    open_->setToolTip(tr("Open a picture"));
    save_->setText(tr("Save"));
    save_->setToolTip(tr("Save what was found as a PNG"));
    question_->setTexts({tr("Where is it"), tr("Which one")},
                        {tr("Everything that the phrase names lights up"),
                         tr("The one thing that the phrase means, out of all that the picture holds")});
    model_->setToolTip(tr("The model that looks for things"));
}

}  // namespace maskwright::ui
