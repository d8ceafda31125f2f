// What of a project is work that somebody would miss. Words that are typed and not kept as a row are none: they are
// what one looks for at the moment, and typed again in a second. Any thread.
#pragma once

#include "core/project/edit.h"

namespace maskwright::project {

// Whether it has anything that is work to do again: a row, or an object that was marked.
bool hasWork(const Project& project);
// Whether the edit does nothing but change the words (and their threshold and edges) that are being typed.
bool typesAlone(const Edit& edit);
// Whether both are the same but for what is being typed.
bool sameButTyped(const Project& a, const Project& b);

}  // namespace maskwright::project
