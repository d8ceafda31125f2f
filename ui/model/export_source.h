// What the window would export now: the document's project, with the search that is being typed as a row where that is
// what is worked on. GUI thread.
#pragma once

#include "ui/model/document.h"
#include "ui/model/export.h"
#include "ui/model/pictures.h"

namespace maskwright::ui {

// What files call a picture that people know by this name: the name, with an ending.
std::string exportName(const QString& name);

ExportSource exportSource(const Document& document, const Pictures& pictures);

}  // namespace maskwright::ui
