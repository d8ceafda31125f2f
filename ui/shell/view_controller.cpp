#include "ui/shell/view_controller.h"

#include <QEvent>
#include <QSettings>

#include "ui/canvas/canvas.h"
#include "ui/canvas/heat_legend.h"
#include "ui/canvas/navigator.h"
#include "ui/canvas/split_handle.h"
#include "ui/model/settings.h"
#include "ui/shell/actions.h"
#include "ui/widgets/key_tip.h"

namespace maskwright::ui {
namespace {

constexpr int kEdge = 14;  // pixels between a part and the canvas's edge

}  // namespace

ViewController::ViewController(Workspace& workspace, Canvas& canvas, const Actions& actions)
    : QObject(&canvas),
      workspace_(workspace),
      canvas_(canvas),
      actions_(actions),
      handle_(new SplitHandle(canvas)),
      legend_(new HeatLegend(&canvas)),
      navigator_(new Navigator(canvas)) {
    OverlayState& overlay = workspace_.overlay;
    connect(&overlay, &OverlayState::changed, this, &ViewController::follow);
    connect(&canvas_, &Canvas::viewChanged, this, &ViewController::place);
    connect(handle_, &SplitHandle::moved, &overlay, &OverlayState::setSplitAt);
    connect(handle_, &SplitHandle::settled, &overlay, &OverlayState::keep);
    connect(navigator_, &Navigator::closed, actions_.navigator, &QAction::trigger);
    addKeys(navigator_->closeButton(), *actions_.navigator);
    actions_.navigator->setChecked(QSettings().value(settings::kNavigator, true).toBool());
    connectActions();
    canvas_.installEventFilter(this);
    follow();
}

void ViewController::connectActions() {
    OverlayState& overlay = workspace_.overlay;
    for (std::size_t i = 0; i < actions_.maskViews.size(); ++i) {
        connect(actions_.maskViews[i], &QAction::triggered, &overlay,
                [&overlay, i] { overlay.setView(MaskView(int(i))); });
    }
    connect(actions_.split, &QAction::triggered, &overlay, &OverlayState::setSplit);
    connect(actions_.navigator, &QAction::toggled, this, [this](bool on) {
        QSettings().setValue(settings::kNavigator, on);
        place();
    });
}

bool ViewController::shows() const {
    return canvas_.hasPicture() && actions_.showMask->isChecked() && canvas_.drawsMasks();
}

void ViewController::follow() {
    const OverlayState& overlay = workspace_.overlay;
    canvas_.setMaskView(overlay.view());
    canvas_.setSplit(overlay.split() ? std::optional(overlay.splitAt()) : std::nullopt);
    actions_.maskViews[std::size_t(overlay.view())]->setChecked(true);
    actions_.split->setChecked(overlay.split());
    handle_->setShare(overlay.splitAt());
    handle_->setVisible(overlay.split() && shows());
    legend_->setThreshold(workspace_.document.threshold());
    legend_->setVisible(overlay.view() == MaskView::heat && shows());
    place();
}

bool ViewController::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show) {
        place();
    }
    return QObject::eventFilter(watched, event);
}

void ViewController::place() {
    handle_->place();
    const QSize legend = legend_->sizeHint();
    legend_->setGeometry(kEdge, canvas_.height() - kEdge - legend.height(), legend.width(), legend.height());
    const QSize navigator = navigator_->sizeHint();
    navigator_->setGeometry(canvas_.width() - kEdge - navigator.width(), canvas_.height() - kEdge - navigator.height(),
                            navigator.width(), navigator.height());
    navigator_->follow(actions_.navigator->isChecked());
}

}  // namespace maskwright::ui
