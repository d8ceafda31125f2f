#include "core/base/draft_folder.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
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
bool holdsOnly(const fs::path& folder, std::span<const std::string> names) {
    std::error_code code;
    for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
        const std::string name = at->path().filename().string();
        if (std::find(names.begin(), names.end(), name) == names.end() || fs::is_directory(at->symlink_status(code))) {
            return false;
        }
    }
    return !code;
}

// Whether a file system is mounted at `folder`: nothing beside it can be renamed into it.
bool isMounted(const fs::path& folder) {
    struct stat inside {
    }, beside{};
    return ::stat(folder.c_str(), &inside) == 0 && ::stat((folder / "..").c_str(), &beside) == 0 &&
           inside.st_dev != beside.st_dev;
}

// Files that were renamed one by one, and go back where one of them could not be.
class Moves {
  public:
    Result<void> move(const fs::path& from, const fs::path& to) {
        std::error_code code;
        fs::rename(from, to, code);
        if (code) {
            return cannotMake(to, systemReason(code.value()));
        }
        done_.emplace_back(from, to);
        return {};
    }
    // False where some are not back.
    bool undo() {
        bool all = true;
        for (auto one = done_.rbegin(); one != done_.rend(); ++one) {
            std::error_code code;
            fs::rename(one->second, one->first, code);
            all = all && !code;
        }
        return all;
    }

  private:
    std::vector<std::pair<fs::path, fs::path>> done_;
};

// `key` in front, where it is among them.
void putFirst(std::vector<std::string>& names, std::string_view key) {
    std::stable_partition(names.begin(), names.end(), [&](const std::string& name) { return name == key; });
}

// What is moved out of the way first, and back where something fails after that.
constexpr std::string_view kAside = ".old";

// The files `wanted` of the draft come into `target`, those of `old` go into kAside: `key` leaves first and comes last.
Result<void> exchangeFiles(const fs::path& draft, const fs::path& target, std::vector<std::string> old,
                           std::vector<std::string> wanted, std::string_view key, Moves& moves) {
    putFirst(old, key);
    putFirst(wanted, key);
    std::reverse(wanted.begin(), wanted.end());
    for (const std::string& name : old) {
        MASKWRIGHT_TRY(moves.move(target / name, draft / kAside / name));
    }
    for (const std::string& name : wanted) {
        if (name == key) {
            MASKWRIGHT_TRY(syncFolder(target));  // on the disk, too, the others are there before it
        }
        MASKWRIGHT_TRY(moves.move(draft / name, target / name));
    }
    return {};
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
    const std::string name = temporaryName();
    // create_directory says false without an error where something of that name is there already.
    draft.path_ = draft.target_.parent_path() / name;
    if (!isMounted(draft.target_) && fs::create_directory(draft.path_, code)) {
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
        if (std::distance(fs::directory_iterator(target_, code), fs::directory_iterator()) > 1) {
            return cannotMake(target_, systemReason(ENOTEMPTY));
        }
        return moveFiles({}, {});
    }
    fs::rename(path_, target_, code);
    if (code) {
        return cannotMake(target_, systemReason(code.value()));
    }
    path_.clear();
    return syncFolder(target_.parent_path());
}

Result<void> DraftFolder::publishOver(std::span<const std::string> kind, std::string_view key) {
    std::error_code code;
    if (path_.parent_path() != target_) {
        if (!fs::exists(target_, code) || holdsOnly(target_, {})) {
            return publish();
        }
        if (holdsOnly(target_, kind) && exchange()) {
            return {};
        }
    }
    return moveFiles(kind, key);
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

Result<void> DraftFolder::moveFiles(std::span<const std::string> kind, std::string_view key) {
    std::error_code code;
    std::vector<std::string> wanted, old;
    for (fs::directory_iterator at(path_, code), end; !code && at != end; at.increment(code)) {
        wanted.push_back(at->path().filename().string());
    }
    for (const std::string& name : kind) {
        const fs::file_status there = fs::symlink_status(target_ / name, code);
        if (fs::exists(there) && !fs::is_directory(there)) {
            old.push_back(name);
        }
    }
    if (!fs::create_directory(path_ / kAside, code)) {
        return cannotMake(path_ / kAside, code ? systemReason(code.value()) : Message("the name is taken"));
    }
    Moves moves;
    if (auto done = exchangeFiles(path_, target_, std::move(old), std::move(wanted), key, moves); !done) {
        if (!moves.undo()) {
            path_.clear();  // files that are nowhere else stay in the draft
        }
        return done;
    }
    return syncFolder(target_);
}

}  // namespace maskwright
