#include "core/base/draft_folder.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <random>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/file.h"

namespace maskwright {

namespace fs = std::filesystem;

namespace {

Error cannotMake(const fs::path& target, const Message& reason) {
    return {ErrorKind::output, message("cannot make %1: %2", target.string(), reason), "choose another folder"};
}

// Whether a folder holds nothing, or nothing but files of these names.
bool holdsOnly(const fs::path& folder, std::span<const std::string_view> names) {
    std::error_code code;
    for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
        const std::string name = at->path().filename().string();
        if (std::find(names.begin(), names.end(), name) == names.end() || fs::is_directory(at->symlink_status(code))) {
            return false;
        }
    }
    return !code;
}

}  // namespace

Result<DraftFolder> DraftFolder::create(const fs::path& target) {
    DraftFolder draft;
    std::error_code code;
    // Behind links, so that the folder a link leads to is replaced and not the link.
    draft.target_ = fs::exists(target, code) ? fs::canonical(target, code) : target;
    if (!draft.target_.has_filename()) {
        draft.target_ = draft.target_.parent_path();  // a trailing slash
    }
    const std::string name = ".maskwright-" + std::to_string(std::random_device{}()) + ".tmp";
    // create_directory says false without an error where something of that name is there already.
    draft.path_ = draft.target_.parent_path() / name;
    if (fs::create_directory(draft.path_, code)) {
        return draft;
    }
    std::error_code inside;
    draft.path_ = draft.target_ / name;
    if (fs::create_directory(draft.path_, inside)) {
        return draft;
    }
    draft.path_.clear();
    return Error{ErrorKind::output,
                 message("cannot make a folder in %1: %2", quoted(draft.target_.parent_path().string()),
                         code ? systemReason(code.value()) : Message("the name is taken")),
                 "choose a folder you may write to"};
}

DraftFolder::DraftFolder(DraftFolder&& other) noexcept
    : target_(std::move(other.target_)), path_(std::exchange(other.path_, {})) {}

DraftFolder::~DraftFolder() {
    if (!path_.empty()) {
        std::error_code code;
        fs::remove_all(path_, code);
    }
}

Result<void> DraftFolder::publish() {
    std::error_code code;
    if (path_.parent_path() == target_) {
        return moveFiles({});
    }
    fs::rename(path_, target_, code);
    if (code) {
        return cannotMake(target_, systemReason(code.value()));
    }
    path_.clear();
    return syncFolder(target_.parent_path());
}

Result<void> DraftFolder::publishOver(std::span<const std::string_view> kind) {
    std::error_code code;
    if (path_.parent_path() != target_) {
        if (!fs::exists(target_, code) || holdsOnly(target_, {})) {
            return publish();
        }
        if (holdsOnly(target_, kind) && exchange()) {
            return {};
        }
    }
    return moveFiles(kind);
}

Result<void> DraftFolder::exchange() {
    std::error_code ignored;
    fs::permissions(path_, fs::status(target_, ignored).permissions(), ignored);
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) != 0) {
        return cannotMake(target_, systemReason(errno));  // a file system without it, or a mount point
    }
    // What path_ is now is the old folder: the destructor removes it.
    return syncFolder(target_.parent_path());
}

Result<void> DraftFolder::moveFiles(std::span<const std::string_view> kind) {
    std::error_code code;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(path_, code)) {
        files.push_back(entry.path());
    }
    const auto isNew = [&](std::string_view name) {
        return std::any_of(files.begin(), files.end(), [&](const fs::path& file) { return file.filename() == name; });
    };
    for (const fs::path& file : files) {
        fs::rename(file, target_ / file.filename(), code);
        if (code) {
            return cannotMake(target_ / file.filename(), systemReason(code.value()));
        }
    }
    for (const std::string_view name : kind) {
        if (!isNew(name)) {
            fs::remove(target_ / name, code);
        }
    }
    return syncFolder(target_);
}

}  // namespace maskwright
