#include "ui/widgets/phrase_box.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStringListModel>
#include <QTimer>

#include "ui/widgets/icons.h"

namespace maskwright::ui {
namespace {
constexpr int kMaxLength = 1000;  // far above what a text encoder reads; a pasted book must not stall the line
}

PhraseBox::PhraseBox(QWidget* parent) : LineEdit(parent), history_(new QStringListModel(this)) {
    setObjectName("phrase");
    setClearButtonEnabled(true);
    setMaxLength(kMaxLength);
    QFont larger = font();
    larger.setPointSizeF(larger.pointSizeF() * 1.25);
    setFont(larger);
    addAction(icon("search"), QLineEdit::LeadingPosition);
    connect(this, &QLineEdit::textEdited, this, &PhraseBox::typed);
    connect(this, &QLineEdit::inputRejected, this, [this] { Q_EMIT cut(maxLength()); });
    // The clear button changes the text without textEdited.
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty() && !quiet_) {
            Q_EMIT typed(text);
        }
    });
    auto* completer = new QCompleter(history_, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    setCompleter(completer);
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, &PhraseBox::typed);
    completer->popup()->installEventFilter(this);  // after the completer, so asked before it
    retranslate();
}

void PhraseBox::setHistory(const QStringList& phrases) { history_->setStringList(phrases); }

void PhraseBox::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Down && history_->rowCount() > 0) {
        completer()->setCompletionPrefix(text());
        completer()->complete();
        return;
    }
    LineEdit::keyPressEvent(event);
}

// A click on a button beside the open list closes the list and is a click on the button.
bool PhraseBox::eventFilter(QObject* watched, QEvent* event) {
    auto* list = completer()->popup();
    if (watched == list && event->type() == QEvent::MouseButtonPress && list->isVisible()) {
        const auto* press = static_cast<QMouseEvent*>(event);
        const QPoint at = press->globalPosition().toPoint();
        if (press->button() == Qt::LeftButton && !list->rect().contains(list->mapFromGlobal(at))) {
            list->hide();
            QWidget* below = window()->childAt(window()->mapFromGlobal(at));
            if (auto* button = qobject_cast<QAbstractButton*>(below); button != nullptr && !isAncestorOf(button)) {
                QTimer::singleShot(0, button, &QAbstractButton::click);
            }
            return true;
        }
    }
    return LineEdit::eventFilter(watched, event);
}

void PhraseBox::setPhrase(const QString& phrase) {
    if (text() != phrase) {
        quiet_ = true;
        setText(phrase);
        quiet_ = false;
    }
}

void PhraseBox::askWhich(bool which) {
    if (which != which_) {
        which_ = which;
        retranslate();
    }
}

void PhraseBox::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    LineEdit::changeEvent(event);
}

void PhraseBox::retranslate() {
    setPlaceholderText(which_ ? tr("Which one is meant? For example: the second cup from the left")
                              : tr("What should be found? For example: cat"));
    setAccessibleName(tr("Phrase"));
    setToolTip(tr("Words for the thing to find, in plain language"));
}

}  // namespace maskwright::ui
