#include "ui/model/replaced_picture.h"

#include <algorithm>

namespace maskwright::ui {

std::optional<ReplacedPicture> replacedPicture(const project::Project& project, const OpenPicture& picture) {
    const project::PictureFile& now = picture.file;
    const auto found = std::find_if(project.pictures.begin(), project.pictures.end(),
                                    [&](const auto& one) { return !now.path.empty() && one->file.path == now.path; });
    return found == project.pictures.end() ? std::nullopt : replacedFile((*found)->file, now);
}

std::optional<ReplacedPicture> replacedFile(const project::PictureFile& had, const project::PictureFile& now) {
    if (had.sha256 == now.sha256 || now.sha256.empty()) {
        return std::nullopt;
    }
    ReplacedPicture replaced{had, {}, {}};
    if (now.width == had.width && now.height == had.height) {
        replaced.warning = message("%1 was changed since the project was saved", quoted(had.path));
    } else {
        replaced.refused = Error{ErrorKind::input,
                                 message("%1 has %2x%3 pixels, in the project it has %4x%5", quoted(had.path),
                                         now.width, now.height, had.width, had.height),
                                 "put the picture back, or find it with File > Find missing pictures"};
    }
    return replaced;
}

}  // namespace maskwright::ui
