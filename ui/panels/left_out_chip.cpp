#include "ui/panels/left_out_chip.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

namespace maskwright::ui {

LeftOutChip::LeftOutChip(int widest, QWidget* parent) : QPushButton(parent), widest_(widest) {
    setProperty("chip", true);
    connect(this, &QPushButton::clicked, this, &LeftOutChip::editWanted);
}

bool LeftOutChip::follow(const Search& search) {
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
    setText(QStringLiteral("− ") + fontMetrics().elidedText(all, Qt::ElideRight, widest_).replace('&', "&&"));
    const QString told =
        search.compete ? tr("Left out where it is more probable: %1").arg(all) : tr("Left out: %1").arg(all);
    setToolTip(told);
    setAccessibleName(told);
    return !what.isEmpty();
}

void LeftOutChip::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            click();
            break;
        case Qt::Key_Delete:
            Q_EMIT removeWanted();
            break;
        default:
            QPushButton::keyPressEvent(event);
    }
}

void LeftOutChip::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setObjectName("leftOutMenu");
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Change what is left out"), this, &LeftOutChip::editWanted);
    menu->addAction(tr("Leave nothing out"), this, &LeftOutChip::removeWanted)->setShortcut(Qt::Key_Delete);
    menu->popup(event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(rect().bottomLeft()) : event->globalPos());
}

}  // namespace maskwright::ui
