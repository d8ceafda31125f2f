#include "core/weights/zip_archive.h"

#include <zip.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace maskwright::weights {
namespace {

constexpr std::uint64_t kMaxDirectoryBytes = 64u << 20;
constexpr std::uint64_t kMaxEntries = 65'536;
// The record at a zip file's end and the longest comment behind it (PKWARE's APPNOTE.TXT 6.3, section 4.3.16).
constexpr std::uint64_t kEndBytes = 22, kMaxCommentBytes = 65'535;
constexpr std::string_view kEndMark = "PK\5\6";

Error damaged(const FileReader& file, Message problem) {
    return {ErrorKind::weights, message("%1: %2", file.name(), std::move(problem)),
            "the file is damaged; get it again"};
}

// What libzip reads from: the file, with a limit for what is read while it looks for its directory.
struct Source {
    explicit Source(const FileReader& from) : file(from) {}

    const FileReader& file;
    std::uint64_t position = 0;
    std::optional<std::uint64_t> left;  // bytes that may still be read; none: all
    std::optional<Error> failure;       // of a read
    zip_error_t error{};                // the same as libzip's callers see it

    zip_int64_t fail(int code) {
        zip_error_set(&error, code, 0);
        return -1;
    }

    zip_int64_t read(void* data, zip_uint64_t length) {
        length = std::min(length, file.size() - std::min(position, file.size()));
        if (left && length > *left) {
            failure = damaged(file, "its directory is too large");
            return fail(ZIP_ER_READ);
        }
        if (const auto done = file.read(position, {static_cast<std::byte*>(data), length}); !done) {
            failure = done.error();
            return fail(ZIP_ER_READ);
        }
        position += length;
        if (left) {
            *left -= length;
        }
        return static_cast<zip_int64_t>(length);
    }

    static zip_int64_t call(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command) {
        auto& self = *static_cast<Source*>(user);
        switch (command) {
            case ZIP_SOURCE_OPEN:
                self.position = 0;
                return 0;
            case ZIP_SOURCE_READ:
                return self.read(data, length);
            case ZIP_SOURCE_SEEK: {
                const auto to =
                    zip_source_seek_compute_offset(self.position, self.file.size(), data, length, &self.error);
                self.position = to < 0 ? self.position : static_cast<std::uint64_t>(to);
                return to < 0 ? -1 : 0;
            }
            case ZIP_SOURCE_TELL:
                return static_cast<zip_int64_t>(self.position);
            case ZIP_SOURCE_STAT: {
                auto* stat = static_cast<zip_stat_t*>(data);
                zip_stat_init(stat);
                stat->size = self.file.size();
                stat->valid = ZIP_STAT_SIZE;
                return sizeof *stat;
            }
            case ZIP_SOURCE_ERROR:
                return zip_error_to_data(&self.error, data, length);
            case ZIP_SOURCE_SUPPORTS:
                return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                                      ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                                      ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS,
                                                      ZIP_SOURCE_ACCEPT_EMPTY, -1);
            default:  // closed, freed: nothing to do; an empty file is no archive
                return 0;
        }
    }
};

struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using OpenEntry = std::unique_ptr<zip_file_t, CloseFile>;

// Whether the mark of the end record is anywhere where it may be.
Result<bool> hasEnd(const FileReader& file) {
    std::string tail(static_cast<std::size_t>(std::min(file.size(), kEndBytes + kMaxCommentBytes)), '\0');
    MASKWRIGHT_TRY(file.read(file.size() - tail.size(), std::as_writable_bytes(std::span(tail))));
    return tail.rfind(kEndMark) != std::string::npos;
}

}  // namespace

struct ZipArchive::State {
    explicit State(const FileReader& file) : source(file) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        zip_discard(archive);
        zip_error_fini(&source.error);
    }

    Result<void> open();
    // The error that stands for one of libzip's.
    [[nodiscard]] Error refused(int code) const;

    Source source;
    zip_t* archive = nullptr;
    std::mutex mutex;  // libzip moves the one position of the source
};

Error ZipArchive::State::refused(int code) const {
    if (source.failure) {
        return *source.failure;
    }
    switch (code) {
        case ZIP_ER_MEMORY:
            throw std::bad_alloc();
        case ZIP_ER_MULTIDISK:
            return damaged(source.file, "it is one part of an archive in several files");
        case ZIP_ER_SEEK:
            return damaged(source.file, "its directory lies past its end");
        case ZIP_ER_NOZIP: {
            const auto end = hasEnd(source.file);
            if (!end) {
                return end.error();
            }
            return damaged(source.file, *end ? Message("its directory is broken")
                                             : Message("the end of the zip archive is missing: it is cut off"));
        }
        default:
            return damaged(source.file, "its directory is broken");
    }
}

Result<void> ZipArchive::State::open() {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* from = zip_source_function_create(&Source::call, &source, &error);
    source.left = kMaxDirectoryBytes + kEndBytes + kMaxCommentBytes;
    archive = from == nullptr ? nullptr : zip_open_from_source(from, ZIP_RDONLY, &error);
    source.left.reset();
    if (archive == nullptr) {
        zip_source_free(from);
        const int code = zip_error_code_zip(&error);
        zip_error_fini(&error);
        return refused(code);
    }
    zip_error_fini(&error);
    return {};
}

ZipArchive::ZipArchive(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipArchive::ZipArchive(ZipArchive&& other) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&& other) noexcept = default;
ZipArchive::~ZipArchive() = default;

Result<ZipArchive> ZipArchive::open(const FileReader& file) {
    ZipArchive archive(std::make_unique<State>(file));
    MASKWRIGHT_TRY(archive.state_->open());
    MASKWRIGHT_TRY(archive.list());
    return archive;
}

Result<void> ZipArchive::list() {
    const FileReader& file = state_->source.file;
    // libzip lets bytes follow the archive's end: the file of which this one is the beginning may be another.
    int comment = 0;
    zip_get_archive_comment(state_->archive, &comment, ZIP_FL_ENC_RAW);
    std::string mark(kEndMark.size(), '\0');
    const std::uint64_t endBytes = kEndBytes + static_cast<std::uint64_t>(std::max(comment, 0));
    MASKWRIGHT_TRY(file.read(file.size() - std::min(file.size(), endBytes), std::as_writable_bytes(std::span(mark))));
    if (mark != kEndMark) {
        return damaged(file, "the end of the zip archive is missing: it is cut off");
    }
    const auto count = static_cast<std::uint64_t>(zip_get_num_entries(state_->archive, 0));
    if (count > kMaxEntries) {
        return damaged(file, "its directory is too large");
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        if (zip_stat_index(state_->archive, i, ZIP_FL_ENC_RAW, &stat) != 0) {
            return state_->refused(zip_error_code_zip(zip_get_error(state_->archive)));
        }
        const std::string name = stat.name;
        if (stat.encryption_method != ZIP_EM_NONE) {
            return damaged(file, message("its entry %1 is encrypted", quoted(name)));
        }
        const ZipEntry entry{i, stat.comp_size, stat.comp_method == ZIP_CM_STORE};
        if (entry.stored && stat.size != entry.size) {
            return damaged(file, message("the sizes of its entry %1 disagree", quoted(name)));
        }
        MASKWRIGHT_TRY(checkPlace(name, entry));
        if (!entries_.emplace(name, entry).second) {
            return damaged(file, message("its entry %1 is there twice", quoted(name)));
        }
    }
    return {};
}

// The last byte of an entry can be read where the whole entry is in the file.
Result<void> ZipArchive::checkPlace(const std::string& name, const ZipEntry& entry) const {
    const FileReader& file = state_->source.file;
    std::byte last{};
    if (entry.size <= file.size()) {
        if (entry.size == 0) {
            return {};
        }
        const OpenEntry open(zip_fopen_index(state_->archive, entry.index, ZIP_FL_COMPRESSED));
        if (open && zip_fseek(open.get(), static_cast<zip_int64_t>(entry.size - 1), SEEK_SET) == 0 &&
            zip_fread(open.get(), &last, 1) == 1) {
            return {};
        }
    }
    return damaged(file, message("its entry %1 lies past its end", quoted(name)));
}

Result<void> ZipArchive::read(const ZipEntry& entry, std::uint64_t offset, std::span<std::byte> out) const {
    if (out.empty()) {
        return {};
    }
    const std::lock_guard lock(state_->mutex);
    const FileReader& file = state_->source.file;
    state_->source.failure.reset();
    const OpenEntry open(zip_fopen_index(state_->archive, entry.index, ZIP_FL_COMPRESSED));
    bool whole = open && offset <= entry.size && out.size() <= entry.size - offset &&
                 zip_fseek(open.get(), static_cast<zip_int64_t>(offset), SEEK_SET) == 0;
    while (whole && !out.empty()) {
        const zip_int64_t got = zip_fread(open.get(), out.data(), out.size());
        whole = got > 0;
        out = out.subspan(static_cast<std::size_t>(std::max<zip_int64_t>(got, 0)));
    }
    if (state_->source.failure) {
        return *state_->source.failure;
    }
    return whole ? Result<void>() : damaged(file, "bytes past its end were asked for");
}

}  // namespace maskwright::weights
