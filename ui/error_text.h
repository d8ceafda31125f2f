// Core's errors in the window's language. Core speaks English, one line for what happened and one for what to do, so
// the lines are recognised here by their pattern; names, numbers and reasons in them stay as they are.
#pragma once

#include <QString>
#include <QStringList>

#include "core/base/result.h"

namespace maskwright::ui {

// Sentences for people; `advice` may be empty. A line that is not known keeps its English text, after what kind of
// failure it is where the window is not in English.
struct ErrorText {
    QString what, advice;
};
ErrorText errorText(const Error& error);
// Both in one line.
QString errorLine(const Error& error);
// Every pattern known, for the test that looks for their translations.
QStringList errorPatterns();

}  // namespace maskwright::ui
