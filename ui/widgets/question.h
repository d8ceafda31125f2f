// A question over a window, which is answered once and keeps only that window waiting. GUI thread.
#pragma once

#include <QString>
#include <QStringList>
#include <functional>

class QMessageBox;
class QWidget;

namespace maskwright::ui {

struct Question {
    const char* name;  // the box's
    QString title, text;
    QString more = {};     // below it, smaller
    QString details = {};  // shown where the person asks for them
    QStringList buttons;   // the last is Escape's, and what closing the box means
    int usual = 0;         // Enter presses this one
};

// The box's icon: Qt's own is of few pixels, and coarse at 200 %.
void setIcon(QMessageBox& box);
// `answer` gets the pressed button's place. The box deletes itself.
QMessageBox* ask(QWidget& over, const Question& question, const std::function<void(int)>& answer);

}  // namespace maskwright::ui
