// Pictures of a project that are not where they were, or in whose place others lie, found again by what is in them. The
// window and the command line's `run` both look here. Blocks; any thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

#include "core/project/edit.h"

namespace maskwright::project {

// The files, of pictures and of examples, that are missing: each path once.
std::vector<PictureFile> missingFiles(const Project& project);
// Those in whose place another file lies: each path once. Of pictures without rows nobody asks. Reads all the others.
std::vector<PictureFile> replacedFiles(const Project& project, const std::stop_token& stop = {});

// For those of `missing` that lie in `folder` or below it under another name or in another place: the SHA-256 and the
// path. Only files of the right size are read. Hidden folders are passed over, links to folders are not followed, and
// after kMostFiles no further file is looked at.
inline constexpr std::size_t kMostFiles = 200'000;
std::map<std::string, std::string> findMoved(const std::vector<PictureFile>& missing,
                                             const std::filesystem::path& folder, const std::stop_token& stop = {});

// Where files are that are not where the project has them.
struct Whereabouts {
    std::vector<PictureFile> lost;             // missing ones, then the replaced ones
    std::map<std::string, std::string> found;  // what findMoved() gives for them
};
// Looks for all that is missing and for `replaced` below `folder`; where it is empty, nowhere.
Whereabouts lookForLost(const Project& project, const std::vector<PictureFile>& replaced,
                        const std::filesystem::path& folder, const std::stop_token& stop = {});

// What puts the paths right, as one edit; none where nothing of the project has moved to one of them. A file in whose
// place another lies counts as moved.
std::optional<Edit> movedEdit(const Project& project, const std::map<std::string, std::string>& found);

}  // namespace maskwright::project
