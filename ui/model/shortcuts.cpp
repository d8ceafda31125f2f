#include "ui/model/shortcuts.h"

#include <QSettings>
#include <utility>

#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

QString keyOf(const QAction* action) {
    return QStringLiteral("%1/%2").arg(QLatin1String(settings::kShortcuts), action->objectName());
}

bool collide(const QKeySequence& a, const QKeySequence& b) {
    return a.matches(b) != QKeySequence::NoMatch || b.matches(a) != QKeySequence::NoMatch;
}

}  // namespace

Shortcuts::Shortcuts(QList<QAction*> actions, QObject* parent) : QObject(parent), actions_(std::move(actions)) {
    const QSettings settings;
    for (QAction* action : actions_) {
        usual_[action] = action->shortcuts();
        if (settings.contains(keyOf(action))) {
            QList<QKeySequence> own;
            for (const QString& text : settings.value(keyOf(action)).toStringList()) {
                const QKeySequence keys = QKeySequence::fromString(text, QKeySequence::PortableText);
                if (!keys.isEmpty()) {
                    own << keys;
                }
            }
            action->setShortcuts(own);
        }
    }
}

QAction* Shortcuts::ownerOf(const QKeySequence& keys, const QAction* except) const {
    for (QAction* action : actions_) {
        for (const QKeySequence& its : action->shortcuts()) {
            if (action != except && !keys.isEmpty() && collide(keys, its)) {
                return action;
            }
        }
    }
    return nullptr;
}

void Shortcuts::assign(QAction* action, const QKeySequence& keys) {
    const QList<QKeySequence> all = keys.isEmpty() ? QList<QKeySequence>{} : QList<QKeySequence>{keys};
    free(all, action);
    put(action, all);
    Q_EMIT changed();
}

void Shortcuts::reset(QAction* action) {
    free(usual(action), action);
    put(action, usual(action));
    Q_EMIT changed();
}

void Shortcuts::resetAll() {
    for (QAction* action : actions_) {
        put(action, usual(action));
    }
    Q_EMIT changed();
}

void Shortcuts::free(const QList<QKeySequence>& keys, const QAction* taker) {
    for (const QKeySequence& one : keys) {
        while (QAction* owner = ownerOf(one, taker)) {
            QList<QKeySequence> left;
            for (const QKeySequence& its : owner->shortcuts()) {
                if (!collide(one, its)) {
                    left << its;
                }
            }
            put(owner, left);
        }
    }
}

void Shortcuts::put(QAction* action, const QList<QKeySequence>& keys) {
    action->setShortcuts(keys);
    QSettings settings;
    if (keys == usual(action)) {
        settings.remove(keyOf(action));
        return;
    }
    QStringList texts;
    for (const QKeySequence& one : keys) {
        texts << one.toString(QKeySequence::PortableText);
    }
    settings.setValue(keyOf(action), texts);
}

}  // namespace maskwright::ui
