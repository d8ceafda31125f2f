// Folders that somebody needs for the time of some work: those that it made and left empty are gone afterwards, so that
// work that failed leaves nothing behind.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"

namespace maskwright {

class MadeFolders {
  public:
    MadeFolders() = default;
    MadeFolders(const MadeFolders&) = delete;
    MadeFolders& operator=(const MadeFolders&) = delete;
    // Removes what make() made, the innermost first, where nothing is in it.
    ~MadeFolders();

    // Makes `folder` and those above it that are missing. Errors: ErrorKind::output, for a file or a link that leads
    // nowhere too.
    Result<void> make(const std::filesystem::path& folder);

  private:
    std::vector<std::filesystem::path> made_;  // the outer ones first
};

}  // namespace maskwright
