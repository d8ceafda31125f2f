#include "core/batch/inputs.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "core/base/file.h"
#include "core/image_io/endings.h"
#include "core/output/write.h"

namespace maskwright::batch {

namespace fs = std::filesystem;

namespace {

// Folders that systems, cameras' docks and network disks fill with thumbnails and leftovers.
constexpr std::array<std::string_view, 7> kSystemFolders = {
    "__MACOSX", "@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", "lost+found", "Thumbs.db"};

// Endings of pictures that people keep beside others: raw files, drawings, layers, newer formats. Those that
// image_io::endings() has are read.
constexpr std::array<std::string_view, 31> kOtherPictures = {
    "heic", "heif", "hif", "avif", "jxl", "jp2", "j2k", "jxr", "cr2", "cr3", "nef", "arw", "dng", "orf", "rw2", "raf",
    "pef",  "srw",  "raw", "svg",  "pdf", "eps", "psd", "psb", "xcf", "kra", "tga", "exr", "hdr", "ppm", "pgm"};

bool isOtherPicture(const fs::path& path) {
    const std::string ending = image_io::endingOf(path.native());
    return ending.size() > 1 && std::find(kOtherPictures.begin(), kOtherPictures.end(),
                                          std::string_view(ending).substr(1)) != kOtherPictures.end();
}

bool passedOver(const std::string& name) {
    return name.starts_with('.') ||
           std::find(kSystemFolders.begin(), kSystemFolders.end(), name) != kSystemFolders.end();
}

// Whether a name may be a folder's, of which nothing else is known: "2023.08" may, "notes.txt" not.
bool mayBeFolder(const fs::path& path) {
    const std::string ending = path.extension().string();
    const auto isLetterOrDigit = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    return ending.size() < 2 || ending.size() > 5 || std::isdigit(static_cast<unsigned char>(ending[1])) != 0 ||
           !std::all_of(ending.begin() + 1, ending.end(), isLetterOrDigit);
}

Error broken(const std::string& link, const std::error_code& reason) {
    if (reason.value() == EACCES) {
        return {ErrorKind::input, message("the link %1 cannot be followed: %2", quoted(link), systemReason(EACCES)),
                "check the folder's permissions"};
    }
    return {ErrorKind::input, message("the link %1 leads nowhere", quoted(link)), "mend or remove it"};
}

Error unreadable(const std::string& folder, int code) {
    return {ErrorKind::input, message("the folder %1 cannot be read: %2", quoted(folder), systemReason(code)),
            code == EACCES ? Message("check the folder's permissions") : Message()};
}

// Files of kinds that are passed over: how many of each, and the first.
struct Count {
    std::map<std::string, std::size_t> kinds;
    std::string first;
    std::size_t all = 0;

    void add(const std::string& path, const std::string& kind) {
        first = all == 0 || path < first ? path : first;
        ++kinds[kind];
        ++all;
    }
    // "2 .heic, 1 .dng"
    [[nodiscard]] std::string text() const {
        std::string line;
        for (const auto& [kind, count] : kinds) {
            line += (line.empty() ? "" : ", ") + std::to_string(count) + " " + kind;
        }
        return line;
    }
};

// One named folder.
class Search {
  public:
    Search(std::string root, Depth depth, std::set<std::pair<dev_t, ino_t>>& seen, Inputs& inputs)
        : root_(std::move(root)), depth_(depth), seen_(seen), inputs_(inputs) {}

    void run() {
        const std::size_t bad = inputs_.bad.size();
        if (!enter(root_)) {
            return;  // named twice, or below one that was
        }
        list(root_);
        while (!folders_.empty() || !links_.empty()) {
            // Links last: what lies in the tree itself is found under its own name.
            const bool link = folders_.empty();
            auto& waiting = link ? links_ : folders_;
            const std::string folder = *waiting.begin();
            waiting.erase(waiting.begin());
            if (enter(folder)) {
                list(folder);
            } else if (link) {
                inputs_.skipped.emplace_back(folder, round(folder));
            }
        }
        if (found_.empty()) {
            found_ = std::move(ours_);
            ours_.clear();
        }
        take(inputs_.bad.size() > bad);
    }

  private:
    // Whether the folder is to be searched: it is for the first time. One that cannot be looked at is: list() says why.
    bool enter(const std::string& folder) {
        struct stat status {};
        return ::stat(folder.c_str(), &status) != 0 || seen_.emplace(status.st_dev, status.st_ino).second;
    }

    static Error round(const std::string& link) {
        return {ErrorKind::input, message("the link %1 leads to a folder that is searched already", quoted(link)), ""};
    }

    void list(const std::string& folder) {
        std::error_code failed;
        fs::directory_iterator it(folder, failed);
        for (; !failed && it != fs::directory_iterator(); it.increment(failed)) {
            if (!passedOver(it->path().filename().string())) {
                look(*it);
            }
        }
        if (failed) {
            inputs_.bad.emplace_back(folder, unreadable(folder, failed.value()));
        }
    }

    void look(const fs::directory_entry& entry) {
        const std::string path = entry.path().string();
        std::error_code failed, ignored;
        const bool link = entry.is_symlink(ignored);
        const fs::file_status status = entry.status(failed);
        const bool picture = image_io::hasPictureEnding(path);
        // Where nothing in a folder may be looked at, its list still says what is a folder.
        if (status.type() == fs::file_type::directory || (failed && !link && entry.is_directory(ignored))) {
            if (depth_ == Depth::one) {
                hasSubfolders_ = true;
            } else if (link) {
                links_.insert(path);
            } else {
                folders_.insert(path);
            }
        } else if (picture) {
            // Also what is no file or is gone already: reading it says what is wrong.
            const bool ours = status.type() == fs::file_type::regular &&
                              image_io::endingOf(entry.path().native()) == ".png" && output::isOurs(path);
            (ours ? ours_ : found_).push_back(path);
        } else if (isOtherPicture(entry.path())) {
            others_.add(path, image_io::endingOf(entry.path().native()));
        } else if (link && !fs::exists(status) && mayBeFolder(entry.path())) {
            inputs_.bad.emplace_back(path, broken(path, failed));
        }
    }

    void take(bool badAlready) {
        if (others_.all > 0 && !found_.empty()) {
            inputs_.notices.push_back({ErrorKind::input,
                                       message("pictures of kinds that are not read were passed over: %1, first %2",
                                               others_.text(), quoted(others_.first)),
                                       "convert them to PNG or JPEG"});
        }
        if (!ours_.empty()) {
            inputs_.notices.push_back({ErrorKind::input,
                                       message("results of this program were not searched: %1, first %2", ours_.size(),
                                               quoted(*std::min_element(ours_.begin(), ours_.end()))),
                                       "name them as files to search them too"});
        }
        if (found_.empty() && !badAlready) {
            inputs_.bad.emplace_back(root_, nothing());
        }
        std::sort(found_.begin(), found_.end());
        inputs_.roots.insert(inputs_.roots.end(), found_.size(), root_);
        inputs_.files.insert(inputs_.files.end(), found_.begin(), found_.end());
    }

    [[nodiscard]] Error nothing() const {
        std::string endings;
        for (const image_io::Ending& ending : image_io::endings()) {
            endings += (endings.empty() ? "." : ", .") + std::string(ending.text);
        }
        Message advice = message("pictures end in %1", endings);
        if (others_.all > 0) {
            advice = message("it has %1, which are not read: convert them to PNG or JPEG", others_.text());
        } else if (hasSubfolders_) {
            advice = "its subfolders were not searched: leave --flat out";
        }
        return {ErrorKind::input, message("the folder %1 holds no picture", quoted(root_)), advice};
    }

    std::string root_;
    Depth depth_;
    std::set<std::pair<dev_t, ino_t>>& seen_;  // folders, of all that were named
    Inputs& inputs_;
    std::set<std::string> folders_, links_;  // still to be searched
    std::vector<std::string> found_, ours_;
    Count others_;
    bool hasSubfolders_ = false;
};

fs::path plain(const fs::path& path) {
    std::error_code failed;
    fs::path whole = fs::absolute(path, failed).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();  // "a/" is "a"
}

// The folder that all of what was named lies in.
fs::path sharedFolder(const Inputs& inputs) {
    std::optional<fs::path> shared;
    std::string last;
    for (std::size_t i = 0; i < inputs.files.size(); ++i) {
        const std::string named =
            inputs.roots[i].empty() ? fs::path(inputs.files[i]).parent_path().string() : inputs.roots[i];
        if (shared && named == last) {
            continue;
        }
        last = named;
        const fs::path own = plain(named.empty() ? "." : named);
        if (!shared) {
            shared = own;
            continue;
        }
        const auto [end, unused] = std::mismatch(shared->begin(), shared->end(), own.begin(), own.end());
        fs::path both;
        for (auto it = shared->begin(); it != end; ++it) {
            both /= *it;
        }
        shared = both;
    }
    return shared.value_or(fs::path());
}

std::string below(const fs::path& file, const fs::path& folder) {
    const std::string way = plain(file).lexically_relative(folder).string();
    return way.empty() ? file.filename().string() : way;
}

}  // namespace

Result<Inputs> expandInputs(const std::vector<std::string>& arguments, Depth depth) {
    Inputs inputs;
    std::set<std::pair<dev_t, ino_t>> seen;
    for (const std::string& argument : arguments) {
        std::error_code ignored;
        if (fs::is_directory(argument, ignored)) {
            inputs.fromFolder = true;
            Search(argument, depth, seen, inputs).run();
        } else {
            inputs.files.push_back(argument);
            inputs.roots.emplace_back();
        }
    }
    if (inputs.files.empty() && !inputs.bad.empty()) {
        return inputs.bad.front().second;
    }
    return inputs;
}

std::vector<output::NameParts> nameParts(const Inputs& inputs) {
    const fs::path shared = sharedFolder(inputs);
    const std::size_t digits = std::to_string(inputs.files.size()).size();
    std::vector<output::NameParts> all;
    for (std::size_t i = 0; i < inputs.files.size(); ++i) {
        const fs::path file(inputs.files[i]);
        auto& parts = all.emplace_back();
        parts.stem = file.stem().string();
        const std::string ending = file.extension().string();
        parts.ending = ending.empty() ? ending : ending.substr(1);
        parts.folder = fs::path(below(file, shared)).parent_path().string();
        if (parts.folder.empty()) {
            parts.folder = shared.has_filename() ? shared.filename().string() : "pictures";
        }
        if (!inputs.roots[i].empty()) {
            parts.below = fs::path(below(file, plain(inputs.roots[i]))).parent_path().string();
        }
        const std::string number = std::to_string(i + 1);
        parts.number = std::string(digits - number.size(), '0') + number;
    }
    return all;
}

std::vector<std::string> namesBelow(const Inputs& inputs) {
    const fs::path shared = sharedFolder(inputs);
    std::vector<std::string> names;
    for (const std::string& file : inputs.files) {
        names.push_back(below(file, shared));
    }
    return names;
}

}  // namespace maskwright::batch
