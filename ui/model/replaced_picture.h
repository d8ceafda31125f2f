// Whether a picture is still the one that the project's rows or examples were made on. The project keeps that one's
// hash, also when it is saved with the other picture open: it is said again each time the picture opens, here and by
// `maskwright-cli run`, until the picture is put back or found. Any thread.
#pragma once

#include <optional>

#include "ui/model/document.h"

namespace maskwright::ui {

struct ReplacedPicture {
    project::PictureFile had;      // as the project has it
    Message warning = {};          // of the same size: what was made on it can be shown, but may not fit
    std::optional<Error> refused;  // of another size: corrections, objects and examples cannot lie on it
};
// None for a picture that is as the project has it, or that the project has not.
std::optional<ReplacedPicture> replacedPicture(const project::Project& project, const OpenPicture& picture);
// The same of a file; `now`: what lies there. None too where its hash is not known.
std::optional<ReplacedPicture> replacedFile(const project::PictureFile& had, const project::PictureFile& now);

}  // namespace maskwright::ui
