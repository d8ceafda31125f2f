#include "core/project/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/base/file.h"
#include "core/project/json.h"
#include "core/project/work.h"

namespace maskwright::project {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "maskwright journal";
constexpr int kVersion = 1;
constexpr std::string_view kBeside = "-journal";  // after the project's name
constexpr std::uint64_t kLargest = 1u << 30;      // bytes
constexpr std::chrono::seconds kBetweenSyncs{5};

Error failure(const fs::path& path) {
    return {ErrorKind::output, message("cannot write %1: %2", quoted(path.string()), systemReason(errno)),
            "save the project elsewhere: changes are not kept otherwise"};
}

// Of a project's journal the project is named: nobody has heard of the journal.
Error inUse(const fs::path& path) {
    std::string name = path.string();
    if (name.ends_with(kBeside)) {
        name.resize(name.size() - kBeside.size());
    }
    return {ErrorKind::resource, message("another Maskwright has %1 open", quoted(name)),
            "close the project there first"};
}

Error unfit(const fs::path& path, Message what) {
    return {ErrorKind::input, message("%1 cannot be used: %2", quoted(path.string()), std::move(what)),
            "it was left as it is; move it away to go on without it"};
}

std::string head(const std::string& project, const Whose& whose = {}) {
    OrderedJson line{{"format", kFormat}, {"version", kVersion}, {"project", project}};
    if (!whose.file.empty()) {
        line["file"] = whose.file.string();
        line["file_sha256"] = whose.sha256;
    }
    return line.dump() + "\n";
}

std::string mark(const std::string& project) { return OrderedJson{{"saved", project}}.dump() + "\n"; }

Base baseOf(const fs::path& journal) { return {fs::absolute(journal).lexically_normal().parent_path()}; }

// The lines, without what stands after the last line end.
std::vector<std::string_view> linesOf(std::string_view text, bool& cut) {
    std::vector<std::string_view> lines;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    cut = !text.empty();
    return lines;
}

// The SHA-256 that a line marks as saved; empty for another line.
std::string markOf(std::string_view line) {
    if (!line.starts_with("{\"saved\":")) {
        return {};
    }
    const auto json = parseJson(line, "");
    const auto saved = json && json->is_object() ? json->find("saved") : Json::const_iterator();
    return json && json->is_object() && saved->is_string() ? saved->get<std::string>() : std::string();
}

// From which line on (the head is line 0) the edits are not in the file of this SHA-256; none where it never was so.
std::optional<std::size_t> firstUnsaved(const std::vector<std::string_view>& lines, const std::string& start,
                                        const std::string& sha256) {
    std::optional<std::size_t> first;
    if (start == sha256) {
        first = 1;
    }
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (const std::string saved = markOf(lines[i]); !saved.empty() && saved == sha256) {
            first = i + 1;
        }
    }
    return first;
}

// Whether nobody has the journal open.
bool isFree(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool taken = descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return !taken;
}

// A descriptor that appends and holds the lock. `make`: the file may be missing.
Result<int> openLocked(const fs::path& path, bool make) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | (make ? O_CREAT : 0), 0666);
    if (descriptor < 0) {
        return failure(path);
    }
    // A network disk may know no locks: then nobody is kept out.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(descriptor);
        return inUse(path);
    }
    return descriptor;
}

}  // namespace

Result<void> checkFree(const fs::path& journal) { return isFree(journal) ? Result<void>() : inUse(journal); }

fs::path journalPath(const fs::path& project) { return fs::path(fileBehind(project).string().append(kBeside)); }

Journal::Journal(fs::path path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor), synced_(std::chrono::steady_clock::now()) {}

Journal::Journal(Journal&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      written_(other.written_),
      synced_(other.synced_) {}

Journal& Journal::operator=(Journal&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(written_, other.written_);
    std::swap(synced_, other.synced_);
    return *this;
}

Journal::~Journal() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Result<Journal> Journal::start(const fs::path& path, const std::string& project, const Whose& whose) {
    const auto descriptor = openLocked(path, true);
    if (!descriptor) {
        return descriptor.error();
    }
    Journal journal(path, *descriptor);
    if (::ftruncate(journal.descriptor_, 0) != 0) {
        return failure(path);
    }
    MASKWRIGHT_TRY(journal.write(head(project, whose)));
    MASKWRIGHT_TRY(journal.sync());
    return journal;
}

Result<Journal> Journal::resume(const fs::path& path) {
    const auto descriptor = openLocked(path, false);
    if (!descriptor) {
        return descriptor.error();
    }
    Journal journal(path, *descriptor);
    const off_t size = ::lseek(journal.descriptor_, 0, SEEK_END);
    char last = '\n';
    if (size > 0 && ::pread(journal.descriptor_, &last, 1, size - 1) == 1 && last != '\n') {
        MASKWRIGHT_TRY(journal.write("\n"));
    }
    return journal;
}

Result<void> Journal::write(const std::string& text) {
    if (descriptor_ < 0) {
        errno = EBADF;
        return failure(path_);
    }
    const off_t before = ::lseek(descriptor_, 0, SEEK_END);
    std::string_view rest = text;
    while (!rest.empty()) {
        const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
        if (count < 0 && errno != EINTR) {
            const int reason = errno;
            // Half a line would end what can be recovered here.
            const int undone = before >= 0 ? ::ftruncate(descriptor_, before) : 0;
            (void)undone;
            errno = reason;
            return failure(path_);
        }
        rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    written_ = true;
    return {};
}

Result<void> Journal::add(const Edit& edit) {
    MASKWRIGHT_TRY(write(lineOf(edit, baseOf(path_)) + "\n"));
    return std::chrono::steady_clock::now() - synced_ >= kBetweenSyncs ? sync() : Result<void>();
}

Result<void> Journal::sync() {
    synced_ = std::chrono::steady_clock::now();
    if (std::exchange(written_, false) && ::fdatasync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) {
        return failure(path_);
    }
    return {};
}

Result<std::string> Journal::saved(const Project& project, const fs::path& file) {
    // The mark goes first: whichever of the two files is the newer after an end by force, the journal says what to do.
    const std::string text = textOf(project, fileBehind(file).parent_path());
    MASKWRIGHT_TRY(write(mark(sha256OfText(text))));
    MASKWRIGHT_TRY(sync());
    auto sha256 = saveText(text, file);
    if (!sha256) {
        return sha256.error();
    }
    if (::ftruncate(descriptor_, 0) != 0) {
        return *sha256;  // it goes on behind its mark
    }
    MASKWRIGHT_TRY(write(head(*sha256)));
    MASKWRIGHT_TRY(sync());
    return *sha256;
}

void Journal::remove() {
    if (descriptor_ >= 0) {
        std::error_code ignored;
        fs::remove(path_, ignored);
        ::close(std::exchange(descriptor_, -1));
    }
}

Result<std::optional<Recovered>> recover(const fs::path& path, const Loaded& loaded) {
    std::error_code failed;
    if (!fs::exists(path, failed)) {
        return std::optional<Recovered>();
    }
    if (!isFree(path)) {
        return inUse(path);
    }
    const auto text = maskwright::readFile(path, kLargest);
    if (!text) {
        return text.error();
    }
    bool cut = false;
    const std::vector<std::string_view> lines = linesOf(*text, cut);
    if (lines.empty()) {
        return std::optional<Recovered>();  // ended before its first line was whole: nothing was added
    }
    const auto first = parseJson(lines.front(), path.string());
    if (!first || !first->is_object() || first->value("format", Json()) != kFormat) {
        return unfit(path, "it is no journal of a project");
    }
    JsonReader reader(*first, path.string(), ErrorKind::input);
    reader.require("version");
    const auto version = reader.integer("version", 1, 1, INT64_MAX);
    const std::string start = reader.string("project", "");
    Whose whose{reader.string("file", ""), reader.string("file_sha256", "")};
    MASKWRIGHT_TRY(reader.status());
    if (version > kVersion) {
        return unfit(path, "it was made by a newer Maskwright");
    }
    const auto begin = firstUnsaved(lines, start, loaded.sha256);
    if (!begin) {
        return unfit(path, "the project's file was replaced by another since");
    }
    Recovered recovered{loaded.project, 0, 0, std::move(whose)};
    const Base base = baseOf(path);
    bool typed = false;
    for (std::size_t i = *begin; i < lines.size(); ++i) {
        if (lines[i].empty() || !markOf(lines[i]).empty()) {
            continue;
        }
        const std::string where = path.string() + ":" + std::to_string(i + 1);
        const auto json = parseJson(lines[i], where);
        const auto edit = json ? readEdit(*json, where, base) : Result<Edit>(json.error());
        auto applied = edit ? apply(recovered.project, *edit) : Result<Applied>(edit.error());
        if (!applied) {
            recovered.lost = lines.size() - i;
            break;
        }
        recovered.project = std::move(applied->project);
        const bool types = typesAlone(*edit);
        recovered.edits += types && typed ? 0 : 1;
        typed = typed || types;
    }
    if (recovered.project == loaded.project) {
        recovered.edits = 0;
    }
    recovered.lost += cut ? 1 : 0;
    return std::optional(std::move(recovered));
}

}  // namespace maskwright::project
