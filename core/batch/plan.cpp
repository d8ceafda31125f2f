#include "core/batch/plan.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "core/base/file.h"
#include "core/batch/journal.h"
#include "core/image_io/endings.h"
#include "core/output/names.h"

namespace maskwright::batch {

namespace fs = std::filesystem;

namespace {

// The same string for every way of naming one file.
std::string identity(const std::string& path) {
    std::error_code failed;
    const fs::path whole = fs::weakly_canonical(path, failed);
    return failed ? fs::absolute(path, failed).lexically_normal().string() : whole.string();
}

bool exists(const std::string& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return text;
}

// The pattern that `naming.output` means.
Result<std::string> patternOf(const Naming& naming) {
    std::string pattern = naming.output;
    std::error_code ignored;
    if (pattern.ends_with('/') || fs::is_directory(pattern, ignored)) {
        pattern = (fs::path(pattern) / (naming.labels.size() > 1 ? "{stem}_{phrase}" : "{stem}")).string();
        pattern += naming.ending;
    }
    if (lower(fs::path(pattern).extension().string()) != naming.ending) {
        return Error{ErrorKind::usage,
                     message("the output %1 is neither a folder nor a name that ends in %2", quoted(naming.output),
                             naming.ending),
                     message("end it with %1", naming.ending)};
    }
    return pattern;
}

Result<void> makeFolders(const Naming& naming, const Paths& paths) {
    std::error_code failed;
    if (naming.output.ends_with('/')) {
        fs::create_directories(naming.output, failed);  // said to be a folder: made where it is missing
        if (failed) {
            return Error{
                ErrorKind::output,
                message("the folder %1 cannot be made: %2", quoted(naming.output), systemReason(failed.value())),
                "choose another"};
        }
    }
    std::set<std::string> folders;
    for (const auto& row : paths) {
        for (const std::string& path : row) {
            folders.insert(fs::path(path).parent_path().string());
        }
    }
    for (const std::string& folder : folders) {
        if (!folder.empty() && !fs::is_directory(folder, failed)) {
            return Error{ErrorKind::output, message("there is no folder %1", quoted(folder)), "make it first"};
        }
    }
    return {};
}

// The pictures in a folder, by name.
Result<std::vector<std::string>> picturesIn(const std::string& folder) {
    std::vector<std::string> found;
    std::error_code failed;
    fs::directory_iterator it(folder, failed);
    for (; !failed && it != fs::directory_iterator(); it.increment(failed)) {
        std::error_code ignored;
        if (image_io::hasPictureEnding(it->path().string()) && it->is_regular_file(ignored)) {
            found.push_back(it->path().string());
        }
    }
    if (failed) {
        return Error{ErrorKind::input,
                     message("the folder %1 cannot be read: %2", quoted(folder), systemReason(failed.value())), ""};
    }
    if (found.empty()) {
        return Error{ErrorKind::input, message("the folder %1 holds no picture", quoted(folder)),
                     "pictures end in .png, .jpg, .webp, .bmp, .tiff or .gif"};
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

Result<Inputs> expandInputs(const std::vector<std::string>& arguments) {
    Inputs inputs;
    for (const std::string& argument : arguments) {
        std::error_code ignored;
        if (!fs::is_directory(argument, ignored)) {
            inputs.files.push_back(argument);
            continue;
        }
        inputs.fromFolder = true;
        if (const auto found = picturesIn(argument)) {
            inputs.files.insert(inputs.files.end(), found->begin(), found->end());
        } else {
            inputs.badFolders.emplace_back(argument, found.error());
        }
    }
    if (inputs.files.empty() && !inputs.badFolders.empty()) {
        return inputs.badFolders.front().second;
    }
    return inputs;
}

Result<Paths> planFiles(const Naming& naming) {
    const auto pattern = patternOf(naming);
    if (!pattern) {
        return pattern.error();
    }
    std::set<std::string> read;
    for (const auto* files : {&naming.inputs, &naming.alsoRead}) {
        for (const std::string& file : *files) {
            read.insert(identity(file));
        }
    }
    std::map<std::string, Message> owners;  // file -> what goes there
    Paths paths;
    for (const std::string& input : naming.inputs) {
        auto& row = paths.emplace_back();
        for (const std::string& label : naming.labels) {
            const std::string path =
                output::filledPattern(*pattern, fs::path(input).stem().string(), output::fileNamePart(label));
            const std::string file = identity(path);
            if (read.contains(file)) {
                return Error{ErrorKind::usage,
                             message("the output %1 would overwrite a file that is read", quoted(path)),
                             "choose another -o"};
            }
            const Message owner =
                label.empty() ? verbatim(quoted(input)) : message("%1 and %2", quoted(input), quoted(label));
            const auto [other, fresh] = owners.emplace(file, owner);
            if (!fresh) {
                return Error{ErrorKind::usage,
                             message("%1 would get the results of %2 and of %3", quoted(path), other->second, owner),
                             "put {stem} (the picture's name) and {phrase} into the output's name"};
            }
            row.push_back(path);
        }
    }
    MASKWRIGHT_TRY(makeFolders(naming, paths));
    return paths;
}

Result<std::string> planFile(const std::string& output, const std::string& input, const std::string& alsoRead,
                             const std::string& ending) {
    Naming naming{output, {input}, {""}, {}, ending};
    if (!alsoRead.empty()) {
        naming.alsoRead = {alsoRead};
    }
    auto paths = planFiles(naming);
    if (!paths) {
        return paths.error();
    }
    return std::move(paths->front().front());
}

std::size_t countExisting(const Plan& plan) {
    std::size_t count = 0;
    for (const auto& row : plan.outputs) {
        count += static_cast<std::size_t>(std::count_if(row.begin(), row.end(), exists));
    }
    return count;
}

Result<void> settle(Plan& plan, Existing existing) {
    plan.existing = existing;
    if (existing == Existing::refuse) {
        for (const auto& row : plan.outputs) {
            if (const auto there = std::find_if(row.begin(), row.end(), exists); there != row.end()) {
                return Error{ErrorKind::output, message("%1 is there already", *there), "choose another name"};
            }
        }
    }
    if (existing == Existing::keepBoth) {
        std::set<std::string> wanted;
        for (const auto& row : plan.outputs) {
            wanted.insert(row.begin(), row.end());
        }
        for (auto& row : plan.outputs) {
            for (std::string& path : row) {
                if (exists(path)) {
                    path = output::freePath(
                        path, [&](const std::string& name) { return exists(name) || wanted.contains(name); });
                    wanted.insert(path);
                }
            }
        }
    }
    return {};
}

std::string journalPath(const Plan& plan) {
    std::optional<fs::path> folder;
    for (const auto& row : plan.outputs) {
        for (const std::string& path : row) {
            const fs::path own = fs::path(path).parent_path();
            if (folder && *folder != own) {
                return {};
            }
            folder = own;
        }
    }
    return folder ? (*folder / kJournalName).string() : std::string();
}

}  // namespace maskwright::batch
