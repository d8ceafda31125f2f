#include "ui/shell/negative_chip.h"

#include <QEvent>

namespace maskwright::ui {
namespace {

constexpr int kWidest = 160;  // pixels of text

}  // namespace

NegativeChip::NegativeChip(Document& document, QWidget* parent) : LeftOutChip(kWidest, parent), document_(document) {
    setObjectName("negativeChip");
    connect(&document_, &Document::searchChanged, this, &NegativeChip::followDocument);
    connect(this, &LeftOutChip::removeWanted, this,
            [this] { document_.edit(tr("left out"), {}, [](Search& search) { search.leaveNothingOut(); }); });
    followDocument();
}

void NegativeChip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        followDocument();
    }
    LeftOutChip::changeEvent(event);
}

void NegativeChip::followDocument() { setVisible(follow(document_.search())); }

}  // namespace maskwright::ui
