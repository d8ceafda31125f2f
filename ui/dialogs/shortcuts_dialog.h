// Help > Keyboard shortcuts: every action of the menus with its keys, which can be changed, and the keys of the canvas
// and of lists, which cannot. A key another action has is said before it is taken from there.
#pragma once

#include <QDialog>
#include <QHash>

#include "ui/model/shortcuts.h"

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace maskwright::ui {

class ShortcutsDialog : public QDialog {
    Q_OBJECT

  public:
    // `menuOf`: the menu's title an action is listed under.
    ShortcutsDialog(Shortcuts& shortcuts, const QHash<const QAction*, QString>& menuOf, QWidget* parent = nullptr);

  private:
    void build();
    void list(const QHash<const QAction*, QString>& menuOf);
    void listFixed();
    void follow();         // the keys in the list
    void followCurrent();  // what can be done with the line in hand
    void followKeys();     // and with the keys in the field
    void filter(const QString& text);
    [[nodiscard]] QAction* current() const;
    Shortcuts& shortcuts_;
    QLineEdit* search_;
    QTreeWidget* list_;
    QKeySequenceEdit* keys_;
    QPushButton *assign_, *none_, *reset_, *resetAll_;
    QLabel* text_;
    QHash<QTreeWidgetItem*, QAction*> actions_;
};

}  // namespace maskwright::ui
