// Tooltips that end with an action's keys, "Open a picture (Ctrl+O)", and follow them when a person changes them.
#pragma once

#include <QAction>
#include <QString>
#include <QWidget>

namespace maskwright::ui {

// "text (keys)"; the text alone where the action has no keys.
QString withKeys(const QString& text, const QAction& action);
// To whatever tooltip the widget is given, now and later, the action's keys are added. Once a widget; GUI thread.
void addKeys(QWidget& widget, QAction& action);

}  // namespace maskwright::ui
