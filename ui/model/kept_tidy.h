// Removes kept pictures (kept_pictures.h) that nothing names any more. Beside them lies a record, a line of JSON for
// each project that was saved or opened with one of them; by it and by the journals it is known what is named. All of
// it blocks; any thread.
#pragma once

#include <QString>

#include "core/project/project.h"

namespace maskwright::ui {

// Notes which kept pictures the project in this file names; nothing where it names none.
void noteKept(const QString& project, const project::Project& content);

// Removes those that lie there for more than `days`, and that no noted project names, nor a journal beside one or in
// the folder `journals`. A project that is not there now (a disk that is not plugged in) names what it named last.
// What is older than the record stays: a project that was saved before it began may name it. So does everything where
// something cannot be read. -> how many were removed.
int tidyKept(const QString& journals, int days);

}  // namespace maskwright::ui
