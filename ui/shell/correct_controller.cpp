#include "ui/shell/correct_controller.h"

#include <QSettings>

#include "ui/canvas/canvas.h"
#include "ui/model/settings.h"
#include "ui/panels/correct_panel.h"
#include "ui/panels/tool_rail.h"
#include "ui/shell/actions.h"

namespace maskwright::ui {
namespace {

constexpr int kSaid = 3000;  // milliseconds a message stays

}  // namespace

CorrectController::CorrectController(Workspace& workspace, const Actions& actions, Canvas& canvas, ToolRail& rail,
                                     CorrectPanel& panel, QWidget& over)
    : Controller(over), workspace_(workspace), actions_(actions), canvas_(canvas), panel_(panel) {
    connectTools(rail);
    connectCorrections();
    connectActions();
    keepBrushes();
    Document& document = workspace_.document;
    connect(&document, &Document::pictureChanged, this, [this] {
        const auto& image = workspace_.document.picture().image;
        workspace_.correctTools.setPicture(image ? image->width : 0, image ? image->height : 0);
        follow();
    });
    // A stroke over a mask that is another one by now, as after an undo, would bring the old one back.
    connect(&document, &Document::rowsChanged, this, [this] {
        workspace_.correctTools.giveUp();
        follow();
    });
    connect(&document, &Document::thresholdChanged, this, &CorrectController::follow);
    connect(&workspace_.rows, &RowFindings::changed, this, &CorrectController::follow);
    connect(&workspace_.preview, &Preview::findingChanged, this, &CorrectController::follow);
    connect(&workspace_.candidates, &Candidates::switched, this, &CorrectController::follow);
    follow();
}

void CorrectController::connectTools(ToolRail& rail) {
    CorrectTools& tools = workspace_.correctTools;
    connect(&rail, &ToolRail::chosen, this, [this](ToolKind kind) {
        CorrectTools& tools = workspace_.correctTools;
        if (kind == ToolKind::object) {
            canvas_.setTool(tools.objectTool());
        } else if (kind == ToolKind::brush || kind == ToolKind::eraser) {
            tools.setUse(kind == ToolKind::brush ? BrushUse::paint : BrushUse::erase);
            canvas_.setTool(tools.brushTool());
        } else {
            return;
        }
        canvas_.setFocus();
    });
    connect(&tools, &CorrectTools::stroking, this, &CorrectController::showStroke);
    connect(&tools, &CorrectTools::stroked, &workspace_.corrections, &Corrections::stroke);
    connect(&tools, &CorrectTools::gaveUp, this, [this] { canvas_.setMask(workspace_.rows.shownNow()); });
    connect(&tools, &CorrectTools::brushChanged, &canvas_, qOverload<>(&QWidget::update));
    connect(&tools, &CorrectTools::pointed, &workspace_.corrections, &Corrections::takeObject);
    connect(&tools, &CorrectTools::nothingToCorrect, this, [this](QPoint pixel) {
        if (workspace_.corrections.takeUp(pixel)) {
            return;  // the row's mask is there, and the tool ready
        }
        const bool rows = !workspace_.document.rows().empty() && workspace_.rows.nothingInHand();
        Q_EMIT said(workspace_.candidates.on() ? tr("Take the candidate as a row first, then correct it")
                    : rows                     ? tr("Choose a row first: click it in the list, or begin on its mask")
                                               : tr("Type a phrase first, then correct what was found"),
                    kSaid);
    });
}

// Both brushes are as they were left.
void CorrectController::keepBrushes() {
    CorrectTools& brush = workspace_.correctTools;
    RegionTools& marker = workspace_.tools;
    const QSettings kept;
    brush.setShare(kept.value(settings::kBrushSize, brush.share()).toDouble());
    brush.setHardness(kept.value(settings::kBrushHardness, brush.brush().hardness).toDouble());
    marker.setBrushShare(kept.value(settings::kMarkerSize, marker.brushShare()).toDouble());
    connect(&brush, &CorrectTools::brushChanged, this, [&brush] {
        QSettings().setValue(settings::kBrushSize, brush.share());
        QSettings().setValue(settings::kBrushHardness, brush.brush().hardness);
    });
    connect(&marker, &RegionTools::brushRadiusChanged, this,
            [&marker] { QSettings().setValue(settings::kMarkerSize, marker.brushShare()); });
}

void CorrectController::connectCorrections() {
    Corrections& corrections = workspace_.corrections;
    connect(&corrections, &Corrections::busyChanged, this, [this](bool busy) {
        Q_EMIT working(busy ? tr("Correcting the mask…") : QString());
        Q_EMIT succeeded();  // what fails is said after this
    });
    connect(&workspace_.objects, &PictureObjects::busyChanged, this, [this](bool busy) {
        Q_EMIT working(busy ? tr("Looking for the things in the picture…") : QString());
        Q_EMIT stateChanged();
    });
    connect(&corrections, &Corrections::objectTaken, this, [this](const QString& name) {
        Q_EMIT succeeded();
        Q_EMIT said(tr("“%1” is a row of its own now").arg(name), kSaid);
    });
    connect(&corrections, &Corrections::missed, this,
            [this] { Q_EMIT said(tr("Nothing was found at this place"), kSaid); });
    connect(&corrections, &Corrections::failed, this, &CorrectController::failed);
}

void CorrectController::connectActions() {
    for (std::size_t i = 0; i < actions_.corrections.size(); ++i) {
        connect(actions_.corrections[i], &QAction::triggered, this, [this, i] { panel_.apply(MaskChange(i)); });
    }
    connect(actions_.removeCorrection, &QAction::triggered, &workspace_.corrections, &Corrections::takeBack);
    connect(&workspace_.corrections, &Corrections::busyChanged, this, &CorrectController::followActions);
}

void CorrectController::followActions() {
    const Corrections& corrections = workspace_.corrections;
    for (QAction* action : actions_.corrections) {
        action->setEnabled(corrections.possible() && !corrections.busy());
    }
    actions_.removeCorrection->setEnabled(corrections.possible() && corrections.any());
}

void CorrectController::follow() {
    followActions();
    const ShownMask shown = workspace_.rows.shownNow();
    workspace_.correctTools.setFound(shown.map, workspace_.document.threshold());
    workspace_.correctTools.setReady(workspace_.corrections.possible());
    panel_.follow();
}

void CorrectController::showStroke(const Runs& stroke, BrushUse use, const QRect& changed) {
    canvas_.setMask(workspace_.corrections.with(stroke, use), changed);
}

}  // namespace maskwright::ui
