#include "core/batch/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace maskwright::batch {

namespace {

// Whether `descriptor` is still the file of that name: whoever had it locked before may have removed it.
bool isStillThere(int descriptor, const std::string& path) {
    struct stat own {
    }, named{};
    return ::fstat(descriptor, &own) == 0 && ::stat(path.c_str(), &named) == 0 && own.st_dev == named.st_dev &&
           own.st_ino == named.st_ino;
}

}  // namespace

std::optional<FileLock> FileLock::take(const std::string& path, Kind kind) {
    for (int attempt = 0;; ++attempt) {
        // Network disks lock a file for one process alone only where it can be written.
        int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (descriptor < 0) {
            descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        }
        FileLock lock(descriptor);
        if (descriptor < 0) {
            return lock;
        }
        if (::flock(descriptor, (kind == Kind::alone ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
            return std::nullopt;
        }
        if (isStillThere(descriptor, path) || attempt == 16) {
            return lock;
        }
    }
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

}  // namespace maskwright::batch
