#include "ui/shell/help_controller.h"

#include <QMenuBar>

#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/log_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"

namespace maskwright::ui {
namespace {

void collect(const QList<QAction*>& actions, QMenu* menu, QList<std::pair<QAction*, QMenu*>>& found) {
    for (QAction* action : actions) {
        if (action->menu() != nullptr) {
            collect(action->menu()->actions(), menu != nullptr ? menu : action->menu(), found);
        } else if (!action->isSeparator() && !action->objectName().isEmpty() &&
                   !action->objectName().startsWith(QLatin1String(kListed))) {
            found.emplace_back(action, menu);
        }
    }
}

QList<QAction*> actionsOf(const QMenuBar& bar) {
    QList<QAction*> actions;
    for (const auto& [action, menu] : menuActions(bar)) {
        actions << action;
    }
    return actions;
}

}  // namespace

QList<std::pair<QAction*, QMenu*>> menuActions(const QMenuBar& bar) {
    QList<std::pair<QAction*, QMenu*>> found;
    collect(bar.actions(), nullptr, found);
    return found;
}

HelpController::HelpController(const Actions& actions, const QMenuBar& bar, const Preview& preview, QWidget& over)
    : Controller(over), bar_(bar), preview_(preview), shortcuts_(actionsOf(bar)) {
    connect(actions.shortcuts, &QAction::triggered, this, [this] {
        show<ShortcutsDialog>([this] {
            QHash<const QAction*, QString> menus;
            for (const auto& [action, menu] : menuActions(bar_)) {
                menus[action] = menu != nullptr ? menu->title() : QString();
            }
            return new ShortcutsDialog(shortcuts_, menus, &over_);
        });
    });
    connect(actions.log, &QAction::triggered, this,
            [this] { show<LogDialog>([this] { return new LogDialog(&over_); }); });
    connect(actions.about, &QAction::triggered, this, [this] {
        show<AboutDialog>(
            [this] { return new AboutDialog(QString::fromStdString(preview_.model().torchVersion), &over_); });
    });
}

template <class Dialog, class Make>
void HelpController::show(Make make) {
    auto* dialog = over_.findChild<Dialog*>();
    if (dialog == nullptr) {
        dialog = make();
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

}  // namespace maskwright::ui
