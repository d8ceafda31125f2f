#include "core/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <random>
#include <system_error>
#include <utility>

namespace maskwright {
namespace {

// Read and write in pieces: Linux moves at most 2^31 - 4096 bytes a call.
constexpr std::size_t kPiece = 1u << 30;

Message outputAdvice(int code) {
    if (code == ENOSPC || code == EDQUOT) {
        return "free some space on that disk";
    }
    if (code == EACCES || code == EPERM || code == EROFS) {
        return "choose a folder you may write to";
    }
    if (code == ENOENT || code == ENOTDIR) {
        return "make the folder first, or choose another";
    }
    return {};
}

Error cannotWrite(const std::filesystem::path& path, int code) {
    return {ErrorKind::output, message("cannot write %1: %2", path.string(), systemReason(code)), outputAdvice(code)};
}

// Written, but not known to be on the disk.
Error cannotStore(const std::filesystem::path& path, int code) {
    return {ErrorKind::output, message("cannot store %1: %2", path.string(), systemReason(code)), outputAdvice(code)};
}

Message notAFile(const struct stat& status) {
    return S_ISDIR(status.st_mode) ? Message("it is a folder") : Message("it is not a regular file");
}

// Whether `file` is one of the Hugging Face hub's cache, where all revisions share the files in "blobs".
bool isHubBlob(const std::filesystem::path& file) {
    std::error_code code;
    const std::filesystem::path folder = file.parent_path();
    return folder.filename() == "blobs" && std::filesystem::is_directory(folder.parent_path() / "snapshots", code);
}

// The file behind `path`, so that a rename replaces what a link points to and not the link. A link into the hub's cache
// is itself replaced: a file that others share never changes.
std::filesystem::path behindLinks(const std::filesystem::path& path) {
    std::error_code code;
    if (std::filesystem::is_symlink(path, code)) {
        const auto target = std::filesystem::canonical(path, code);
        if (!code && !isHubBlob(target)) {
            return target;
        }
    }
    return path;
}

constexpr std::string_view kTemporaryStart = ".maskwright-", kTemporaryEnd = ".tmp";

}  // namespace

std::string temporaryName() {
    static std::atomic<unsigned> counter{0};
    std::random_device random;
    return std::string(kTemporaryStart) + std::to_string(::getpid()) + "-" + std::to_string(counter++) + "-" +
           std::to_string(random()) + std::string(kTemporaryEnd);
}

bool isTemporaryName(std::string_view name) {
    return name.starts_with(kTemporaryStart) && name.ends_with(kTemporaryEnd);
}

Message systemReason(int code) {
    switch (code) {
        case ENOENT:
            return "No such file or directory";
        case EACCES:
            return "Permission denied";
        case EPERM:
            return "Operation not permitted";
        case EEXIST:
            return "File exists";
        case EISDIR:
            return "Is a directory";
        case ENOTDIR:
            return "Not a directory";
        case ENOTEMPTY:
            return "Directory not empty";
        case ENOSPC:
            return "No space left on device";
        case EDQUOT:
            return "Disk quota exceeded";
        case EFBIG:
            return "File too large";
        case EROFS:
            return "Read-only file system";
        case EIO:
            return "Input/output error";
        case ENAMETOOLONG:
            return "File name too long";
        case ELOOP:
            return "Too many levels of symbolic links";
        case EMFILE:
            return "Too many open files";
        default:
            return verbatim(std::generic_category().message(code));
    }
}

Result<FileReader> FileReader::open(const std::filesystem::path& path, ErrorKind kind) {
    const std::string name = path.string();
    if (name.find('\0') != std::string::npos) {
        return Error{kind, message("cannot open %1: %2", quoted(name), Message("the name holds a zero byte")),
                     "check the path"};
    }
    if (name.empty()) {
        return Error{kind, "no file is named", "give the path of a file"};
    }
    FileReader reader;
    // O_NONBLOCK: opening a pipe must not wait for a writer.
    reader.descriptor_ = ::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (reader.descriptor_ < 0) {
        const int code = errno;
        if (code == ENXIO) {  // a socket
            return Error{kind, message("cannot read %1: %2", name, Message("it is not a regular file")),
                         "give the path of a file"};
        }
        return Error{kind, message("cannot open %1: %2", name, systemReason(code)),
                     code == ENOENT   ? Message("check the path")
                     : code == EACCES ? Message("check the file's permissions")
                                      : Message()};
    }
    struct stat status {};
    if (::fstat(reader.descriptor_, &status) != 0) {
        return Error{kind, message("cannot read %1: %2", name, systemReason(errno)), ""};
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{kind, message("cannot read %1: %2", name, notAFile(status)), "give the path of a file"};
    }
    reader.size_ = static_cast<std::uint64_t>(status.st_size);
    reader.name_ = name;
    reader.kind_ = kind;
    return reader;
}

FileReader::FileReader(FileReader&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      name_(std::move(other.name_)),
      kind_(other.kind_) {}

FileReader& FileReader::operator=(FileReader&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    size_ = other.size_;
    std::swap(name_, other.name_);
    kind_ = other.kind_;
    return *this;
}

FileReader::~FileReader() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Result<void> FileReader::read(std::uint64_t offset, std::span<std::byte> out) const {
    if (out.size() > size_ || offset > size_ - out.size()) {
        return Error{kind_, message("%1: bytes past its end were asked for", name_),
                     "the file may be incomplete; get it again"};
    }
    while (!out.empty()) {
        const ssize_t got = ::pread(descriptor_, out.data(), std::min(out.size(), kPiece), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return Error{kind_, message("cannot read %1: %2", name_, systemReason(errno)), ""};
        }
        if (got == 0) {
            return Error{kind_, message("%1 became shorter while it was read", name_), "get the file again"};
        }
        offset += static_cast<std::uint64_t>(got);
        out = out.subspan(static_cast<std::size_t>(got));
    }
    return {};
}

Result<std::string> readFile(const std::filesystem::path& path, std::uint64_t limit, ErrorKind kind) {
    auto file = FileReader::open(path, kind);
    if (!file) {
        return file.error();
    }
    if (file->size() > limit) {
        return Error{kind, message("%1 is too large: %2 bytes, the limit is %3", file->name(), file->size(), limit),
                     "check that it is the right file"};
    }
    std::string text(static_cast<std::size_t>(file->size()), '\0');
    MASKWRIGHT_TRY(file->read(0, std::as_writable_bytes(std::span(text))));
    return text;
}

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& path) {
    if (path.native().find('\0') != std::string::npos) {
        return Error{ErrorKind::output,
                     message("cannot write %1: %2", quoted(path.string()), Message("the name holds a zero byte")), ""};
    }
    AtomicFile file;
    file.path_ = behindLinks(path);
    struct stat status {};
    const bool exists = ::stat(file.path_.c_str(), &status) == 0;
    if (exists && !S_ISREG(status.st_mode)) {
        return Error{ErrorKind::output, message("cannot write %1: %2", path.string(), notAFile(status)),
                     "choose another name"};
    }
    if (!file.path_.has_filename()) {
        return Error{ErrorKind::output,
                     message("cannot write %1: %2", quoted(path.string()), Message("that is not a file name")),
                     "choose another name"};
    }
    // A short name of its own: one made from a 255-byte file name would be too long.
    for (int attempt = 0; attempt < 16 && file.descriptor_ < 0; ++attempt) {
        file.temporary_ = file.path_.parent_path() / temporaryName();
        file.descriptor_ = ::open(file.temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file.descriptor_ < 0 && errno != EEXIST) {
            const int code = errno;
            file.temporary_.clear();
            return cannotWrite(path, code);
        }
    }
    if (file.descriptor_ < 0) {
        file.temporary_.clear();
        return cannotWrite(path, EEXIST);
    }
    if (exists) {
        // Best effort: a file that is replaced keeps its permissions.
        (void)!::fchmod(file.descriptor_, status.st_mode & 07777);
    }
    return file;
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})) {}

AtomicFile::~AtomicFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
    if (!temporary_.empty()) {
        ::unlink(temporary_.c_str());
    }
}

Result<void> AtomicFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(descriptor_, bytes.data(), std::min(bytes.size(), kPiece));
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return cannotWrite(path_, errno);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

Result<void> AtomicFile::commit() {
    if (descriptor_ < 0) {
        return Error{ErrorKind::output,
                     message("cannot write %1: %2", path_.string(), Message("it was written already")), ""};
    }
    if (::fsync(descriptor_) != 0) {
        return cannotStore(path_, errno);
    }
    if (::close(std::exchange(descriptor_, -1)) != 0) {
        return cannotStore(path_, errno);
    }
    // The name may be as long as the file system allows only here, where the kernel says so.
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
        return cannotWrite(path_, errno);
    }
    temporary_.clear();
    return syncFolder(path_.parent_path());
}

Result<void> syncFolder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        // A folder one may write to but not list: the file is there, only its durability cannot be forced.
        return {};
    }
    const int code = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    // Some file systems know no fsync of a folder and say EINVAL.
    if (code != 0 && code != EINVAL && code != EROFS) {
        return cannotStore(folder, code);
    }
    return {};
}

Result<void> writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes) {
    auto file = AtomicFile::create(path);
    if (!file) {
        return file.error();
    }
    MASKWRIGHT_TRY(file->write(bytes));
    return file->commit();
}

Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view text) {
    return writeFileAtomically(path, std::as_bytes(std::span(text)));
}

}  // namespace maskwright
