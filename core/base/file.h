// Files: positioned reads that survive truncation (no mmap), and writes that are whole or not there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace maskwright {

// What the system says of an errno: for the usual ones a template to translate, for others its own words.
Message systemReason(int code);

// A regular file open for reading. Thread-safe: pread carries its own position.
class FileReader {
  public:
    // Refuses folders, devices and pipes. `kind` is used for all its errors.
    static Result<FileReader> open(const std::filesystem::path& path, ErrorKind kind = ErrorKind::input);
    FileReader(FileReader&& other) noexcept;
    FileReader& operator=(FileReader&& other) noexcept;
    FileReader(const FileReader&) = delete;
    ~FileReader();

    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] const std::string& name() const { return name_; }  // the path, for messages
    // Fills `out` from byte `offset`. A file that has become shorter is an error, never a signal.
    Result<void> read(std::uint64_t offset, std::span<std::byte> out) const;

  private:
    FileReader() = default;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    std::string name_;
    ErrorKind kind_ = ErrorKind::input;
};

// The whole file, if it has at most `limit` bytes.
Result<std::string> readFile(const std::filesystem::path& path, std::uint64_t limit, ErrorKind kind = ErrorKind::input);

// Writes a temporary file beside `path`, fsyncs it, renames it over `path`, fsyncs the folder. On any failure `path` is
// as it was and the temporary is gone. What a link points to is replaced, but of a link into the Hugging Face hub's
// cache the link. Errors: ErrorKind::output. Missing parent folders are an error, not made.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view text);

// A name, hidden, that no other file or folder has: of what is being written and gets its own name when it is whole. A
// process that was killed leaves it.
std::string temporaryName();
bool isTemporaryName(std::string_view name);

// The same in pieces, for files too large to hold twice. Not committed: removed by the destructor.
class AtomicFile {
  public:
    static Result<AtomicFile> create(const std::filesystem::path& path);
    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&&) = delete;
    AtomicFile(const AtomicFile&) = delete;
    ~AtomicFile();
    Result<void> write(std::span<const std::byte> bytes);
    Result<void> commit();

  private:
    AtomicFile() = default;
    int descriptor_ = -1;
    std::filesystem::path path_, temporary_;
};

// Forces the names in `folder` to disk, after files were renamed into it. A file system that cannot is no error.
Result<void> syncFolder(const std::filesystem::path& folder);

}  // namespace maskwright
