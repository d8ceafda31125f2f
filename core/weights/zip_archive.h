// The zip files that torch.save writes, read with libzip: every entry stored, not deflated. Only reads from the one
// file it is given, in place: nothing is unpacked, no name in it becomes a path, and a file that shrinks is an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "core/base/file.h"
#include "core/base/result.h"

namespace maskwright::weights {

struct ZipEntry {
    std::uint64_t index = 0;  // in the directory
    std::uint64_t size = 0;   // of its bytes in the file
    bool stored = true;       // those bytes are the content itself; else they are compressed
};

// All errors: ErrorKind::weights, naming the file.
class ZipArchive {
  public:
    // `file` must live as long as the archive. Refused: no zip file, damaged or cut off, several parts, encrypted
    // entries, names twice, an entry that is not wholly in the file, more than 65,536 entries or 64 MiB of directory.
    static Result<ZipArchive> open(const FileReader& file);
    ZipArchive(ZipArchive&& other) noexcept;
    ZipArchive& operator=(ZipArchive&& other) noexcept;
    ~ZipArchive();

    [[nodiscard]] const std::map<std::string, ZipEntry, std::less<>>& entries() const { return entries_; }
    // Fills `out` with the content of a stored entry from byte `offset` on. Thread-safe. The entry's checksum is left
    // alone: torch.save can be told not to write one.
    Result<void> read(const ZipEntry& entry, std::uint64_t offset, std::span<std::byte> out) const;

  private:
    struct State;
    explicit ZipArchive(std::unique_ptr<State> state);
    Result<void> list();
    Result<void> checkPlace(const std::string& name, const ZipEntry& entry) const;

    std::unique_ptr<State> state_;
    std::map<std::string, ZipEntry, std::less<>> entries_;
};

}  // namespace maskwright::weights
