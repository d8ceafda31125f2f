// Core's errors in the window's language. Core gives what happened and what to do as English templates with arguments
// (core/base/message.h); here the templates are translated, names, numbers and foreign text in them stay as they are.
// GUI thread.
#pragma once

#include <QString>

#include "core/base/result.h"

namespace maskwright::ui {

// Sentences for people; `advice` may be empty. A template without a translation keeps its English text, after what kind
// of failure it is where the window is not in English.
struct ErrorText {
    QString what, advice;
};
ErrorText errorText(const Error& error);
// A sentence of core's that is no error, such as a warning about a picture.
QString messageText(const Message& message);
// The same as a part of a sentence: what a step of the history is called.
QString wordsOf(const Message& message);
// Both in one line.
QString errorLine(const Error& error);

// The template the window shows for one of core's: the same, unless that speaks of the command line. Translations are
// those of the shown one, in the context maskwright::ui::Errors.
const char* shownTemplate(const char* said);
// What kind of failure it is, in English; translated in the same context.
const char* kindTemplate(ErrorKind kind);

}  // namespace maskwright::ui
