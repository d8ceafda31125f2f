#include "core/store/download.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/file.h"
#include "core/base/git_blob.h"
#include "core/base/sha256.h"

namespace maskwright::store {

namespace fs = std::filesystem;

namespace {

// After so much of a file patience begins anew: a hundredth.
constexpr std::uint64_t kProgressParts = 100;

// Whichever hash the hub tells of a file.
class Digest {
  public:
    explicit Digest(const HubFile& file) : wanted_(file.sha256.empty() ? file.git : file.sha256) {
        if (file.sha256.empty()) {
            sum_.emplace<GitBlob>(file.size);
        }
    }
    void update(std::span<const std::byte> bytes) {
        std::visit([&](auto& sum) { sum.update(bytes); }, sum_);
    }
    bool matches() {
        return std::visit([](auto& sum) { return sum.finish(); }, sum_) == wanted_;
    }

  private:
    std::string wanted_;
    std::variant<Sha256, GitBlob> sum_;
};

// The part on the disk and the hash of what is in it.
class Part {
  public:
    Part(const fs::path& path, const HubFile& file) : path_(path), file_(file), digest_(file) {}
    Part(const Part&) = delete;
    ~Part() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }

    // Reads what is there into the hash.
    Result<void> open(const std::stop_token& stop) {
        descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        struct stat status {};
        if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0) {
            return failed(errno);
        }
        if (static_cast<std::uint64_t>(status.st_size) > file_.size) {
            return restart();
        }
        std::vector<std::byte> piece(std::size_t{1} << 20);
        while (have_ < static_cast<std::uint64_t>(status.st_size)) {
            const ssize_t got = ::pread(descriptor_, piece.data(), piece.size(), static_cast<off_t>(have_));
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got <= 0) {
                return restart();
            }
            digest_.update(std::span(piece).first(static_cast<std::size_t>(got)));
            have_ += static_cast<std::uint64_t>(got);
            if (stop.stop_requested()) {
                return stoppedFetch();
            }
        }
        return {};
    }
    [[nodiscard]] std::uint64_t have() const { return have_; }

    Result<void> restart() {
        digest_ = Digest(file_);
        have_ = 0;
        return ::ftruncate(descriptor_, 0) == 0 ? Result<void>() : failed(errno);
    }
    Result<void> append(std::span<const std::byte> bytes) {
        for (std::span<const std::byte> rest = bytes; !rest.empty();) {
            const ssize_t put = ::pwrite(descriptor_, rest.data(), rest.size(), static_cast<off_t>(have_));
            if (put < 0 && errno == EINTR) {
                continue;
            }
            if (put < 0) {
                return failed(errno);
            }
            digest_.update(rest.first(static_cast<std::size_t>(put)));
            have_ += static_cast<std::uint64_t>(put);
            rest = rest.subspan(static_cast<std::size_t>(put));
        }
        return {};
    }
    // All of it is there: whether it is what was meant. Once only, or after restart().
    bool matches() { return digest_.matches(); }
    Result<void> finish(const fs::path& whole) {
        if (::fsync(descriptor_) != 0 || ::rename(path_.c_str(), whole.c_str()) != 0) {
            return failed(errno);
        }
        return {};
    }

  private:
    [[nodiscard]] Error failed(int code) const {
        const bool full = code == ENOSPC || code == EDQUOT;
        return {ErrorKind::output, message("cannot write %1: %2", path_.string(), systemReason(code)),
                full ? Message("free some space on that disk and ask again: what has come is kept")
                     : Message("choose a folder you may write to")};
    }
    fs::path path_;
    const HubFile& file_;
    Digest digest_;
    int descriptor_ = -1;
    std::uint64_t have_ = 0;
};

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    return wrong == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// Whether "bytes 100-199/200" is the rest of the file from `from` on. Its whole length may be an asterisk.
bool isRest(const std::string& range, std::uint64_t from, std::uint64_t size) {
    constexpr std::size_t kUnit = 6;
    const std::size_t dash = range.find('-'), slash = range.find('/');
    if (!range.starts_with("bytes ") || dash == std::string::npos || slash == std::string::npos || slash < dash) {
        return false;
    }
    const std::string_view view = range;
    const std::string_view whole = view.substr(slash + 1);
    return number(view.substr(kUnit, dash - kUnit)) == from && (whole == "*" || number(whole) == size);
}

// A weak ETag does not say that bytes are the same (RFC 9110, 8.8.3).
bool isStrong(const std::string& etag) {
    return etag.size() > 2 && etag.size() < 1024 && etag.starts_with('"') && etag.ends_with('"');
}

// One exchange after another until the file is there.
class Download {
  public:
    Download(HubClient& hub, const Url& url, const HubFile& file, Staging& staging,
             const std::function<void(std::uint64_t)>& have, const std::stop_token& stop)
        : hub_(hub),
          url_(url),
          file_(file),
          staging_(staging),
          tell_(have),
          stop_(stop),
          part_(staging.part(file.path), file) {}

    Result<void> run() {
        MASKWRIGHT_TRY(part_.open(stop_));
        Retry patience = hub_.retry(stop_);
        for (int wrong = 0;;) {
            tell_(part_.have());
            if (part_.have() == file_.size) {
                if (part_.matches()) {
                    return part_.finish(staging_.whole(file_.path));
                }
                MASKWRIGHT_TRY(part_.restart());
                if (++wrong == 2) {
                    return Error{ErrorKind::weights,
                                 message("%1 is not what the hub says it is: its hash is another", url_.text()),
                                 "try again later, or choose another mirror"};
                }
            }
            if (file_.size > 0) {
                MASKWRIGHT_TRY(attempt(patience));
            }
        }
    }

  private:
    // One exchange; waits where it was to no avail. An error ends the download.
    Result<void> attempt(Retry& patience) {
        problem_.reset();
        refused_ = false;
        const std::uint64_t before = part_.have();
        std::vector<std::pair<std::string, std::string>> headers;
        if (before > 0) {
            headers.emplace_back("Range", "bytes=" + std::to_string(before) + "-");
            if (const std::string etag = staging_.etag(file_.path); isStrong(etag)) {
                headers.emplace_back("If-Range", etag);
            }
        }
        const HttpSink sink{[&](const HttpHead& head) { return begin(head); },
                            [&](std::span<const std::byte> bytes) { return take(bytes); }};
        const auto outcome = hub_.ask(url_, headers, sink, stop_);
        if (!outcome) {
            return outcome.error();
        }
        if (stop_.stop_requested()) {
            return stoppedFetch();
        }
        if (refused_) {
            const Refusal refusal = refusalOf(outcome->head, file_.path, static_cast<std::int64_t>(std::time(nullptr)));
            return refusal.passing ? patience.again(refusal.error, refusal.wait) : refusal.error;
        }
        if (problem_) {
            return problem_->kind == ErrorKind::output ? *problem_ : patience.again(*problem_);
        }
        if (part_.have() == file_.size) {
            return {};
        }
        const Error broken = lost(outcome->broken.empty() ? Message("it ended too early") : outcome->broken);
        if (outcome->hopeless) {
            return broken;
        }
        if (part_.have() >= before + std::max<std::uint64_t>(1, file_.size / kProgressParts)) {
            patience.progressed();
        }
        return patience.again(broken);
    }

    bool begin(const HttpHead& head) {
        if (head.status != 200 && head.status != 206) {
            // "Range Not Satisfiable": what is here is not the beginning of what is there.
            if (head.status == 416) {
                keep(part_.restart());
            }
            refused_ = true;
            return false;
        }
        const std::string etag = head.header("etag"), known = staging_.etag(file_.path);
        if (const std::string coding = head.header("content-encoding"); !coding.empty() && coding != "identity") {
            problem_ = lost(message("it comes packed as %1", quoted(coding, 40)));
            return false;
        }
        if (head.status == 206) {
            const bool other = isStrong(etag) && isStrong(known) && etag != known;
            if (other || !isRest(head.header("content-range"), part_.have(), file_.size)) {
                problem_ = lost("its contents changed between two parts");
                keep(part_.restart());
                return false;
            }
        } else {
            const auto length = number(head.header("content-length"));
            if (length && *length != file_.size) {
                problem_ = lost(message("the server has %1 bytes, the hub told of %2", *length, file_.size));
                return false;
            }
            keep(part_.restart());
        }
        keep(staging_.setEtag(file_.path, etag));
        return !problem_;
    }

    bool take(std::span<const std::byte> bytes) {
        if (bytes.size() > file_.size - part_.have()) {
            problem_ = lost(message("more comes than the %1 bytes that the hub told of", file_.size));
            keep(part_.restart());
            return false;
        }
        keep(part_.append(bytes));
        tell_(part_.have());
        return !problem_;
    }

    void keep(const Result<void>& done) {
        if (!done) {
            problem_ = done.error();
        }
    }
    [[nodiscard]] Error lost(const Message& why) const {
        return {ErrorKind::weights, message("%1 does not come whole: %2", file_.path, why),
                "ask again to go on: what has come is kept"};
    }

    HubClient& hub_;
    const Url& url_;
    const HubFile& file_;
    Staging& staging_;
    const std::function<void(std::uint64_t)>& tell_;
    std::stop_token stop_;
    Part part_;
    std::optional<Error> problem_;
    bool refused_ = false;
};

}  // namespace

Result<void> download(HubClient& hub, const Url& url, const HubFile& file, Staging& staging,
                      const std::function<void(std::uint64_t)>& have, const std::stop_token& stop) {
    std::error_code none;
    if (fs::is_regular_file(staging.whole(file.path), none)) {
        // Verified as a part is: what is wrong with it is fetched anew.
        fs::rename(staging.whole(file.path), staging.part(file.path), none);
    }
    return Download(hub, url, file, staging, have, stop).run();
}

}  // namespace maskwright::store
