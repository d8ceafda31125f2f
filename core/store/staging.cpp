#include "core/store/staging.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <set>
#include <utility>

#include "core/base/file.h"

namespace maskwright::store {

namespace fs = std::filesystem;

namespace {

constexpr const char* kState = ".maskwright-download.json";
constexpr std::string_view kEnding = ".part";

Error cannotMake(const fs::path& path, int code) {
    return {ErrorKind::output, message("cannot make %1: %2", path.string(), systemReason(code)),
            "choose another folder"};
}

const std::string& hashOf(const HubFile& file) { return file.sha256.empty() ? file.git : file.sha256; }

Json readState(const fs::path& folder) {
    std::error_code ignored;
    const std::string file = (folder / kState).string();
    if (!fs::is_regular_file(file, ignored)) {
        return Json::object();
    }
    auto json = readJsonFile(file, ErrorKind::output, {.bytes = 1u << 20, .depth = 8, .elements = 10'000});
    // One that cannot be read says nothing: the parts begin anew.
    return json && json->is_object() ? std::move(*json) : Json::object();
}

std::string textAt(const Json& object, const std::string& key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Json filesOf(const Json& state) {
    const auto found = state.find("files");
    return found != state.end() && found->is_object() ? *found : Json::object();
}

std::uint64_t sizeOnDisk(const fs::path& path) {
    std::error_code none;
    const auto size = fs::file_size(path, none);
    return none ? 0 : size;
}

}  // namespace

fs::path stagingFolder(const fs::path& place, const std::string& name) {
    return place / ("." + name + std::string(kEnding));
}

Result<Staging> Staging::open(const fs::path& place, const std::string& name) {
    Staging staging;
    staging.target_ = place / name;
    staging.folder_ = stagingFolder(place, name);
    for (int attempt = 0; attempt < 16; ++attempt) {
        std::error_code failed;
        fs::create_directories(staging.folder_, failed);
        if (failed) {
            return cannotMake(staging.folder_, failed.value());
        }
        staging.descriptor_ = ::open(staging.folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (staging.descriptor_ < 0) {
            return cannotMake(staging.folder_, errno);
        }
        // A disk without locks grants every one.
        if (::flock(staging.descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
            return Error{ErrorKind::usage, message("%1 is being downloaded already", name),
                         "wait until the other program is done"};
        }
        struct stat own {
        }, named{};
        if (::fstat(staging.descriptor_, &own) == 0 && ::stat(staging.folder_.c_str(), &named) == 0 &&
            own.st_ino == named.st_ino && own.st_dev == named.st_dev) {
            staging.state_ = readState(staging.folder_);
            return staging;
        }
        // Whoever had it has published or removed it meanwhile.
        ::close(std::exchange(staging.descriptor_, -1));
    }
    return cannotMake(staging.folder_, EBUSY);
}

Staging::Staging(Staging&& other) noexcept
    : target_(std::move(other.target_)),
      folder_(std::move(other.folder_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      state_(std::move(other.state_)) {}

Staging::~Staging() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Result<void> Staging::settle(const std::string& repository, const HubPlan& plan) {
    const Json before = filesOf(state_);
    Json files = Json::object();
    std::set<std::string> kept{kState};
    for (const HubFile& file : plan.files) {
        const auto known = before.find(file.path);
        const bool same = known != before.end() && known->is_object() && textAt(*known, "hash") == hashOf(file);
        files[file.path] = {
            {"hash", hashOf(file)}, {"size", file.size}, {"etag", same ? textAt(*known, "etag") : std::string()}};
        if (same) {
            kept.insert(file.path);
            kept.insert(part(file.path).filename().string());
        }
    }
    std::error_code failed;
    std::vector<fs::path> old;
    for (fs::directory_iterator it(folder_, failed), end; !failed && it != end; it.increment(failed)) {
        if (!kept.contains(it->path().filename().string())) {
            old.push_back(it->path());
        }
    }
    for (const fs::path& path : old) {
        fs::remove_all(path, failed);
        if (failed) {
            return Error{ErrorKind::output,
                         message("cannot remove %1: %2", path.string(), systemReason(failed.value())),
                         "check the folder's permissions"};
        }
    }
    state_ = {{"format", 1}, {"repository", repository}, {"commit", plan.commit}, {"files", files}};
    return save();
}

std::string Staging::etag(const std::string& file) const {
    const Json files = filesOf(state_);
    const auto found = files.find(file);
    return found != files.end() && found->is_object() ? textAt(*found, "etag") : std::string();
}

Result<void> Staging::setEtag(const std::string& file, const std::string& etag) {
    if (this->etag(file) == etag) {
        return {};
    }
    state_["files"][file]["etag"] = etag;
    return save();
}

Result<void> Staging::save() const {
    return writeFileAtomically(folder_ / kState, state_.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

std::uint64_t Staging::bytesOf(const HubPlan& plan) const {
    std::uint64_t sum = 0;
    for (const HubFile& file : plan.files) {
        sum += std::min(file.size, std::max(sizeOnDisk(whole(file.path)), sizeOnDisk(part(file.path))));
    }
    return sum;
}

Result<void> Staging::publish() {
    MASKWRIGHT_TRY(syncFolder(folder_));
    if (::renameat2(AT_FDCWD, folder_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) != 0) {
        // A file system that knows no such rename; a plain one replaces nothing but an empty folder.
        if (errno != EINVAL || ::rename(folder_.c_str(), target_.c_str()) != 0) {
            return cannotMake(target_, errno);
        }
    }
    std::error_code ignored;
    fs::remove(target_ / kState, ignored);
    return syncFolder(target_.parent_path());
}

void Staging::discard() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::vector<Unfinished> unfinishedIn(const fs::path& place) {
    std::vector<Unfinished> all;
    std::error_code failed;
    for (fs::directory_iterator it(place, failed), end; !failed && it != end; it.increment(failed)) {
        const std::string name = it->path().filename().string();
        if (!name.starts_with('.') || !name.ends_with(kEnding) || name.size() <= kEnding.size() + 1) {
            continue;
        }
        const Json state = readState(it->path());
        Unfinished one{name.substr(1, name.size() - kEnding.size() - 1), textAt(state, "repository"), 0, 0};
        const Json files = filesOf(state);
        for (const auto& [file, facts] : files.items()) {
            const auto size = facts.is_object() ? facts.find("size") : facts.end();
            const std::uint64_t wanted =
                facts.is_object() && size != facts.end() && size->is_number_unsigned() ? size->get<std::uint64_t>() : 0;
            const fs::path whole = it->path() / fs::path(file).filename();
            one.total += wanted;
            one.bytes += std::min(wanted, std::max(sizeOnDisk(whole), sizeOnDisk(whole.string() + ".part")));
        }
        all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [](const Unfinished& a, const Unfinished& b) { return a.name < b.name; });
    return all;
}

}  // namespace maskwright::store
