#include "ui/shell/negative_chip.h"

#include <QEvent>
#include <algorithm>

namespace maskwright::ui {
namespace {

constexpr int kWidest = 160;  // pixels of text

}  // namespace

NegativeChip::NegativeChip(Document& document, QWidget* parent) : QPushButton(parent), document_(document) {
    setObjectName("negativeChip");
    setProperty("chip", true);
    connect(&document_, &Document::searchChanged, this, &NegativeChip::follow);
    follow();
}

void NegativeChip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        follow();
    }
    QPushButton::changeEvent(event);
}

void NegativeChip::follow() {
    const Search& search = document_.search();
    const QString phrase = search.negativePhrase.trimmed();
    const int examples = int(std::count_if(search.supports.begin(), search.supports.end(),
                                           [](const Support& s) { return s.enabled && s.negative; }));
    QStringList what;
    if (!phrase.isEmpty()) {
        what << phrase;
    }
    if (examples > 0) {
        what << tr("examples: %n", nullptr, examples);
    }
    const QString all = what.join(QStringLiteral(", "));
    setText(QStringLiteral("− ") + fontMetrics().elidedText(all, Qt::ElideRight, kWidest).replace('&', "&&"));
    const QString told =
        search.compete ? tr("Left out where it is more probable: %1").arg(all) : tr("Left out: %1").arg(all);
    setToolTip(told);
    setAccessibleName(told);
    setVisible(!what.isEmpty());
}

}  // namespace maskwright::ui
