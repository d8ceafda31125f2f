// The keys of the menus' actions: those they were made with, and a person's own in their place, kept in QSettings under
// the actions' names. GUI thread.
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>

namespace maskwright::ui {

class Shortcuts : public QObject {
    Q_OBJECT

  public:
    // Takes the actions' keys as the usual ones, then gives each its own of the settings. Every action has an
    // objectName and outlives this.
    explicit Shortcuts(QList<QAction*> actions, QObject* parent = nullptr);

    [[nodiscard]] const QList<QAction*>& actions() const { return actions_; }
    [[nodiscard]] QList<QKeySequence> usual(const QAction* action) const { return usual_.value(action); }
    [[nodiscard]] bool isUsual(const QAction* action) const { return action->shortcuts() == usual(action); }
    // Who has these keys, or keys that begin with them or they with it; null for nobody but `except`.
    [[nodiscard]] QAction* ownerOf(const QKeySequence& keys, const QAction* except = nullptr) const;
    // In place of all the action has; none for an empty one. Another's that are the same are taken from it.
    void assign(QAction* action, const QKeySequence& keys);
    // The usual ones again. Those another has been given meanwhile are taken from it.
    void reset(QAction* action);
    void resetAll();

  Q_SIGNALS:
    void changed();

  private:
    void put(QAction* action, const QList<QKeySequence>& keys);
    void free(const QList<QKeySequence>& keys, const QAction* taker);
    QList<QAction*> actions_;
    QHash<const QAction*, QList<QKeySequence>> usual_;
};

}  // namespace maskwright::ui
