#include "core/batch/naming.h"

#include <filesystem>
#include <map>
#include <set>

#include "core/base/file.h"
#include "core/batch/earlier.h"
#include "core/image_io/endings.h"
#include "core/output/write.h"

namespace maskwright::batch {

namespace fs = std::filesystem;

namespace {

// The same string for every way of naming one file.
std::string identity(const std::string& path) {
    std::error_code failed;
    fs::path whole = fs::weakly_canonical(path, failed);
    whole = whole.has_filename() ? whole : whole.parent_path();
    return failed ? fs::absolute(path, failed).lexically_normal().string() : whole.string();
}

bool isFolder(const std::string& path) {
    std::error_code ignored;
    return path.ends_with('/') || fs::is_directory(path, ignored);
}

Result<void> checkEnding(const Naming& naming) {
    if (!isFolder(naming.output) && image_io::endingOf(naming.output) != naming.ending) {
        return Error{ErrorKind::usage,
                     message("the output %1 is neither a folder nor a name that ends in %2", quoted(naming.output),
                             naming.ending),
                     message("end it with %1, or with a slash for a folder", naming.ending)};
    }
    return {};
}

Result<void> makeFolder(const std::string& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) {
        return Error{ErrorKind::output,
                     message("the folder %1 cannot be made: %2", quoted(folder), systemReason(failed.value())),
                     "choose another"};
    }
    return {};
}

Result<void> makeFolders(const Naming& naming, const Paths& paths) {
    std::error_code failed;
    if (naming.output.ends_with('/')) {
        MASKWRIGHT_TRY(makeFolder(naming.output));  // said to be a folder: made where it is missing
    }
    // Of one file's name a missing folder is more likely a slip.
    const bool make = !isFolder(naming.output) && naming.output.find('{') != std::string::npos;
    std::set<std::string> folders;
    for (const auto& row : paths) {
        for (const std::string& path : row) {
            folders.insert(fs::path(path).parent_path().string());
        }
    }
    for (const std::string& folder : folders) {
        if (make) {
            MASKWRIGHT_TRY(makeFolder(folder));
        }
        if (!folder.empty() && !fs::is_directory(folder, failed)) {
            return Error{ErrorKind::output, message("there is no folder %1", quoted(folder)), "make it first"};
        }
    }
    return {};
}

// Files that must not be overwritten.
class FilesRead {
  public:
    explicit FilesRead(const Naming& naming) {
        std::error_code ignored;
        for (const auto* files : {&naming.inputs.files, &naming.alsoRead}) {
            for (const std::string& file : *files) {
                if (!file.empty()) {
                    (fs::is_directory(file, ignored) ? folders_ : files_).insert(identity(file));
                }
            }
        }
    }

    // `file`: as identity() has it.
    [[nodiscard]] bool contains(const std::string& file) const {
        std::error_code ignored;
        return files_.contains(file) || (isBelow(file) && fs::exists(file, ignored));
    }
    [[nodiscard]] const std::set<std::string>& files() const { return files_; }

  private:
    [[nodiscard]] bool isBelow(const std::string& file) const {
        fs::path at = file;
        while (!folders_.empty() && at.has_relative_path()) {
            at = at.parent_path();
            if (folders_.contains(at.string())) {
                return true;
            }
        }
        return false;
    }

    std::set<std::string> files_, folders_;  // by identity()
};

Error overwrites(const std::string& path, Message advice) {
    return {ErrorKind::usage, message("the output %1 would overwrite a file that is read", quoted(path)),
            std::move(advice)};
}

// What goes to a file.
struct Owner {
    std::size_t picture, label;
};

// Somebody's own file, which is there under a name that a result might get.
bool isForeign(const std::string& path) {
    std::error_code ignored;
    return path.ends_with(".png") && fs::exists(path, ignored) && !output::isOurs(path);
}

Message ownerText(const Naming& naming, const Owner& owner) {
    const std::string input = quoted(naming.inputs.files[owner.picture]), &label = naming.labels[owner.label];
    return label.empty() ? verbatim(input) : message("%1 and %2", input, quoted(label));
}

// What the pattern lacks where two results would go to one file.
Message lacking(const Naming& naming, const output::NameParts& a, const output::NameParts& b, bool onePicture,
                bool oneFile) {
    const auto has = [&](const char* place) { return naming.output.find(place) != std::string::npos; };
    if (onePicture) {
        return has("{phrase}") ? Message("as parts of a file's name these phrases are the same: give a folder as -o")
                               : Message("put {phrase} into the output's name");
    }
    if (oneFile) {
        return "the picture is named twice: name it once, or put {n} (its number) into the output's name";
    }
    if (!has("{stem}")) {
        return naming.labels.size() > 1 && !has("{phrase}")
                   ? Message("put {stem} (the picture's name) and {phrase} into the output's name")
                   : Message("put {stem} (the picture's name) into the output's name");
    }
    if (a.stem == b.stem && a.ending != b.ending && !has("{ext}")) {
        return "put {ext} (the picture's ending) into the output's name, or give a folder as -o";
    }
    if (a.folder != b.folder && !has("{folder}")) {
        return "put {folder} (the picture's folder) into the output's name, or give a folder as -o";
    }
    return "put {n} (the picture's number) into the output's name, or give a folder as -o";
}

Result<Paths> byPattern(const Naming& naming) {
    const FilesRead read(naming);
    const auto parts = nameParts(naming.inputs);
    std::map<std::string, Owner> owners;
    Paths paths;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto& row = paths.emplace_back();
        for (std::size_t k = 0; k < naming.labels.size(); ++k) {
            const std::string path =
                output::filledPattern(naming.output, parts[i], output::fileNamePart(naming.labels[k]));
            const std::string file = identity(path);
            if (read.contains(file)) {
                return overwrites(path, "choose another -o: another folder, or a name with more than {stem}");
            }
            const auto [other, fresh] = owners.emplace(file, Owner{i, k});
            if (!fresh) {
                const std::size_t first = other->second.picture;
                return Error{ErrorKind::usage,
                             message("%1 would get the results of %2 and of %3", quoted(path),
                                     ownerText(naming, other->second), ownerText(naming, {i, k})),
                             lacking(naming, parts[first], parts[i], first == i,
                                     identity(naming.inputs.files[first]) == identity(naming.inputs.files[i]))};
            }
            row.push_back(path);
        }
    }
    return paths;
}

Result<Paths> inFolder(const Naming& naming) {
    Earlier earlier;
    if (naming.goesOn) {
        auto read = Earlier::read((fs::path(naming.output) / kJournalName).string());
        if (!read) {
            return read.error();
        }
        earlier = std::move(*read);
    }
    // The journal's names are beside it, however the folder was written.
    const auto told = [&](const std::string& path) {
        return earlier.names((fs::path(naming.output) / fs::path(path).filename()).string());
    };
    return pathsInFolder(naming, [&](const std::string& path) { return isForeign(path) && !told(path); });
}

// A brace pair around letters is meant as a place, unless a folder is really called that.
Result<void> checkPlaces(const std::string& output) {
    std::error_code ignored;
    if (fs::is_directory(output, ignored)) {
        return {};
    }
    for (std::size_t at = output.find('{'); at != std::string::npos; at = output.find('{', at + 1)) {
        const std::size_t end =
            output.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-", at + 1);
        if (end == std::string::npos || output[end] != '}' || end == at + 1) {
            continue;
        }
        const std::string place = output.substr(at, end + 1 - at);
        if (!output::isPlace(place)) {
            return Error{ErrorKind::usage,
                         message("the output %1 has the place %2, which is unknown", quoted(output), place),
                         message("the places are %1", output::placeNames())};
        }
        if (output.ends_with('/')) {
            return Error{ErrorKind::usage,
                         message("the output %1 is a folder, and %2 has no meaning there", quoted(output), place),
                         "end the pattern with a file's name, e.g. {stem}.png"};
        }
    }
    return {};
}

}  // namespace

std::string fixedFolder(const std::string& pattern) {
    const std::string start = pattern.substr(0, pattern.find('{'));
    return start.substr(0, start.rfind('/') + 1);
}

bool dependsOnPicture(const std::string& output) {
    return !isFolder(output) && fs::path(output).parent_path().string().find("{folder}") != std::string::npos;
}

Paths pathsInFolder(const Naming& naming, const std::function<bool(const std::string&)>& foreign) {
    std::vector<std::string> suffixes;
    for (const std::string& label : naming.labels) {
        suffixes.push_back((naming.labels.size() > 1 ? "_" + output::fileNamePart(label) : "") + naming.ending);
    }
    const fs::path folder = identity(naming.output);
    std::set<std::string> there;  // names in the folder that are read, by nameKey()
    const FilesRead read(naming);
    for (const std::string& file : read.files()) {
        if (fs::path(file).parent_path() == folder) {
            there.insert(output::nameKey(fs::path(file).filename().string()));
        }
    }
    Paths paths = output::distinctNames(nameParts(naming.inputs), std::move(suffixes), [&](const std::string& name) {
        const std::string path = (folder / name).string();
        return there.contains(output::nameKey(name)) || read.contains(path) || foreign(path);
    });
    for (auto& row : paths) {
        for (std::string& name : row) {
            name = (fs::path(naming.output) / name).string();
        }
    }
    return paths;
}

Result<Paths> planFiles(const Naming& naming) {
    MASKWRIGHT_TRY(checkEnding(naming));
    MASKWRIGHT_TRY(checkPlaces(naming.output));
    auto paths = isFolder(naming.output) ? inFolder(naming) : byPattern(naming);
    if (!paths) {
        return paths.error();
    }
    MASKWRIGHT_TRY(makeFolders(naming, *paths));
    return paths;
}

Result<void> checkNotRead(const std::string& path, std::vector<std::string> read) {
    Naming naming;
    naming.alsoRead = std::move(read);
    return FilesRead(naming).contains(identity(path)) ? Result<void>(overwrites(path, "choose another place"))
                                                      : Result<void>();
}

Result<std::string> planFile(const std::string& output, const std::string& input, std::vector<std::string> alsoRead,
                             const std::string& ending) {
    Naming naming{output, {}, {""}, std::move(alsoRead), ending};
    naming.inputs.files = {input};
    naming.inputs.roots = {""};
    auto paths = planFiles(naming);
    if (!paths) {
        return paths.error();
    }
    return std::move(paths->front().front());
}

}  // namespace maskwright::batch
