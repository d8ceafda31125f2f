#include "ui/shell/sidebar.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>
#include <initializer_list>
#include <utility>

#include "ui/panels/candidates_panel.h"
#include "ui/panels/correct_panel.h"
#include "ui/panels/mask_panel.h"
#include "ui/panels/rows_panel.h"
#include "ui/panels/style_panel.h"
#include "ui/panels/supports_panel.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 292, kGap = 4;

QWidget* together(std::initializer_list<QWidget*> panels) {
    auto* all = new QWidget;
    auto* column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    for (QWidget* panel : panels) {
        column->addWidget(panel);
    }
    all->setObjectName("clear");
    return all;
}

}  // namespace

Sidebar::Sidebar(Workspace& workspace, QWidget* parent)
    : QFrame(parent),
      candidates(new CandidatesPanel(workspace.document, workspace.candidates)),
      rows(new RowsPanel(workspace.document, workspace.rows)),
      mask(new MaskPanel(workspace.document, workspace.overlay)),
      correct(new CorrectPanel(workspace.corrections)),
      supports(new SupportsPanel(workspace.document, workspace.marks, workspace.library)),
      style(new StylePanel(workspace.document, workspace.marks)),
      above_(together({candidates, rows})),
      below_(together({correct})) {
    setObjectName("sidebar");
    setFixedWidth(kWidth);
    style->setVisible(false);
    auto* inner = new QWidget;
    inner->setObjectName("clear");
    auto* panels = new QVBoxLayout(inner);
    panels->setContentsMargins(14, 10, 14, 10);
    panels->setSpacing(kGap);
    for (QWidget* panel : std::initializer_list<QWidget*>{above_, mask, below_, supports, style}) {
        panels->addWidget(panel);
    }
    panels->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(inner);
    // Whoever marks an object sees what the model sees of it, however much stands above.
    const Document& document = workspace.document;
    connect(&document, &Document::promptChanged, scroll, [this, scroll, &document, before = std::size_t(0)]() mutable {
        const std::size_t now = document.search().supports.size();
        if (now > std::exchange(before, now)) {
            QTimer::singleShot(
                0, scroll, [this, scroll] { scroll->ensureWidgetVisible(style->findChild<QWidget*>("stylePicture")); });
        }
    });
    // And whoever asks which one is meant sees the candidates.
    connect(&workspace.candidates, &Candidates::switched, scroll, [this, scroll](bool on) {
        if (on) {
            QTimer::singleShot(0, scroll, [this, scroll] {
                scroll->verticalScrollBar()->setValue(candidates->mapTo(scroll->widget(), QPoint(0, 0)).y());
            });
        }
    });
    auto* side = new QVBoxLayout(this);
    side->setContentsMargins(1, 0, 0, 0);
    side->addWidget(scroll);
}

void Sidebar::setOfPicture(bool shown) {
    above_->setVisible(shown);
    below_->setVisible(shown);
    mask->setOfFolder(!shown);
}

}  // namespace maskwright::ui
