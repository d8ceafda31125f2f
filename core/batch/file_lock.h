// Keeps processes out of each other's way by a file that they all know. Holds between machines too, on network disks
// that know locks; on those that do not, every lock is granted. One thread at a time.
#pragma once

#include <optional>
#include <string>

namespace maskwright::batch {

// Held until it is destroyed; the file stays.
class FileLock {
  public:
    enum class Kind { shared, alone };
    // Makes the file where it is missing. None where another process has a lock that does not go with this one. What
    // cannot be opened is not locked: whoever means to write will be told why.
    static std::optional<FileLock> take(const std::string& path, Kind kind);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    ~FileLock();

  private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;  // -1: nothing is locked
};

}  // namespace maskwright::batch
