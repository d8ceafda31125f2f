#include "core/base/made_folders.h"

#include <algorithm>
#include <system_error>

#include "core/base/file.h"

namespace maskwright {

namespace fs = std::filesystem;

MadeFolders::~MadeFolders() {
    for (auto folder = made_.rbegin(); folder != made_.rend(); ++folder) {
        std::error_code ignored;
        fs::remove(*folder, ignored);  // an empty folder only
    }
}

Result<void> MadeFolders::make(const fs::path& folder) {
    std::error_code code;
    const fs::file_status there = fs::symlink_status(folder, code);
    if (fs::exists(there) && !fs::exists(folder, code)) {
        return Error{ErrorKind::output, message("%1 is a link that leads nowhere", quoted(folder.string())),
                     "choose another folder, or make the one it leads to"};
    }
    if (fs::exists(there) && !fs::is_directory(folder, code)) {
        return Error{ErrorKind::output, message("%1 is a file, not a folder", quoted(folder.string())),
                     "choose another folder"};
    }
    std::vector<fs::path> missing;  // the innermost first
    fs::path at = fs::absolute(folder, code).lexically_normal();
    for (; !at.empty() && !fs::exists(at, code) && at != at.root_path(); at = at.parent_path()) {
        if (at.has_filename()) {
            missing.push_back(at);
        }
    }
    std::reverse(missing.begin(), missing.end());
    for (const fs::path& one : missing) {
        if (fs::create_directory(one, code)) {
            made_.push_back(one);
        } else if (std::error_code ignored; !fs::is_directory(one, ignored)) {
            return Error{ErrorKind::output,
                         message("the folder %1 cannot be made: %2", quoted(folder.string()),
                                 code ? systemReason(code.value()) : Message("the name is taken")),
                         "choose a folder you may write to"};
        }
    }
    return {};
}

}  // namespace maskwright
