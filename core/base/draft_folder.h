// A folder that is whole or not there: files are put into a draft, which takes the wanted folder's place at the end. A
// draft that was not published is gone.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace maskwright {

class DraftFolder {
  public:
    // For `target`, which may be there. The draft is a hidden folder beside it, or in it where nothing can be made
    // beside it or `target` is a file system of its own. Errors: ErrorKind::output.
    static Result<DraftFolder> create(const std::filesystem::path& target);
    DraftFolder(DraftFolder&& other) noexcept;
    DraftFolder& operator=(DraftFolder&&) = delete;
    DraftFolder(const DraftFolder&) = delete;
    ~DraftFolder();

    // Where a file of this name is to be written.
    [[nodiscard]] std::string file(std::string_view name) const { return (path_ / name).string(); }

    // The draft becomes `target`, which is not there or empty: at once, so that a process that is killed leaves all of
    // it or nothing. Errors: ErrorKind::output, also where something is in `target`.
    Result<void> publish();
    // The same, but what `target` holds of the names in `kind`, all files such a folder may have, is replaced: a
    // leftover of another folder of the kind would change what this one means. At once where it holds nothing else.
    // Where it does, the rest stays, and renaming goes file by file: `key`, a file without which nobody takes the
    // folder for one of the kind, is taken away before any other and put there after all others. A process that is
    // killed in between leaves a folder without `key`; what is missing lies in the hidden folder of the draft. On an
    // error `target` is as it was.
    Result<void> publishOver(std::span<const std::string> kind, std::string_view key);

  private:
    DraftFolder() = default;
    [[nodiscard]] Result<void> exchange();
    [[nodiscard]] Result<void> moveFiles(std::span<const std::string> kind, std::string_view key);
    std::filesystem::path target_, path_;
};

}  // namespace maskwright
