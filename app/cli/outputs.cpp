#include "app/cli/outputs.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace maskwright::cli {

namespace fs = std::filesystem;

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return text;
}

bool looksLikePicture(const fs::path& path) {
    static const std::set<std::string> kEndings = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif"};
    return kEndings.contains(lower(path.extension().string()));
}

// In one pass, so that a picture's own name may hold "{phrase}".
std::string filled(const std::string& pattern, const std::string& stem, const std::string& phrase) {
    std::string text;
    for (std::size_t i = 0; i < pattern.size();) {
        const std::string_view rest = std::string_view(pattern).substr(i);
        if (rest.starts_with("{stem}")) {
            text += stem;
            i += 6;
        } else if (rest.starts_with("{phrase}")) {
            text += phrase;
            i += 8;
        } else {
            text += pattern[i++];
        }
    }
    return text;
}

// The same string for every way of naming one file.
std::string identity(const std::string& path) {
    std::error_code failed;
    const fs::path whole = fs::weakly_canonical(path, failed);
    return failed ? fs::absolute(path, failed).lexically_normal().string() : whole.string();
}

Result<std::vector<std::vector<std::string>>> plan(const std::string& output, const std::string& ending,
                                                   const std::vector<std::string>& inputs,
                                                   const std::vector<std::string>& labels,
                                                   const std::vector<std::string>& alsoRead) {
    std::string pattern = output;
    std::error_code failed;
    if (output.ends_with('/') || fs::is_directory(output, failed)) {
        pattern = (fs::path(output) / (labels.size() > 1 ? "{stem}_{phrase}" : "{stem}")).string() + ending;
    }
    if (lower(fs::path(pattern).extension().string()) != ending) {
        return Error{ErrorKind::usage,
                     "the output " + quoted(output) + " is neither a folder nor a name that ends in " + ending,
                     "end it with " + ending};
    }
    std::map<std::string, std::string> owners;  // file -> what goes there
    std::set<std::string> read;
    for (const auto* files : {&inputs, &alsoRead}) {
        for (const std::string& file : *files) {
            read.insert(identity(file));
        }
    }
    std::vector<std::vector<std::string>> paths;
    std::set<std::string> folders;
    for (const std::string& input : inputs) {
        auto& row = paths.emplace_back();
        for (const std::string& label : labels) {
            const std::string path = filled(pattern, fs::path(input).stem().string(), fileNamePart(label));
            const std::string file = identity(path);
            const std::string owner = quoted(input) + (label.empty() ? "" : " and " + quoted(label));
            if (read.contains(file)) {
                return Error{ErrorKind::usage, "the output " + quoted(path) + " would overwrite a file that is read",
                             "choose another -o"};
            }
            const auto [other, fresh] = owners.emplace(file, owner);
            if (!fresh) {
                return Error{ErrorKind::usage,
                             quoted(path) + " would get the results of " + other->second + " and of " + owner,
                             "put {stem} (the picture's name) and {phrase} into the output's name"};
            }
            folders.insert(fs::path(path).parent_path().string());
            row.push_back(path);
        }
    }
    if (output.ends_with('/')) {
        fs::create_directories(output, failed);  // said to be a folder: made where it is missing
        if (failed) {
            return Error{ErrorKind::output, "the folder " + quoted(output) + " cannot be made: " + failed.message(),
                         "choose another"};
        }
    }
    for (const std::string& folder : folders) {
        if (!folder.empty() && !fs::is_directory(folder, failed)) {
            return Error{ErrorKind::output, "there is no folder " + quoted(folder), "make it first"};
        }
    }
    return paths;
}

}  // namespace

Result<Inputs> expandInputs(const std::vector<std::string>& arguments) {
    Inputs inputs;
    for (const std::string& argument : arguments) {
        std::error_code failed;
        if (!fs::is_directory(argument, failed)) {
            inputs.files.push_back(argument);
            continue;
        }
        std::vector<std::string> found;
        fs::directory_iterator it(argument, failed);
        for (; !failed && it != fs::directory_iterator(); it.increment(failed)) {
            std::error_code ignored;
            if (looksLikePicture(it->path()) && it->is_regular_file(ignored)) {
                found.push_back(it->path().string());
            }
        }
        if (failed) {
            inputs.badFolders.emplace_back(
                argument,
                Error{ErrorKind::input, "the folder " + quoted(argument) + " cannot be read: " + failed.message(), ""});
        } else if (found.empty()) {
            inputs.badFolders.emplace_back(
                argument, Error{ErrorKind::input, "the folder " + quoted(argument) + " holds no picture",
                                "pictures end in .png, .jpg, .webp, .bmp, .tiff or .gif"});
        }
        std::sort(found.begin(), found.end());
        inputs.files.insert(inputs.files.end(), found.begin(), found.end());
    }
    if (inputs.files.empty() && !inputs.badFolders.empty()) {
        return inputs.badFolders.front().second;
    }
    return inputs;
}

std::string fileNamePart(const std::string& phrase) {
    constexpr std::size_t kBytes = 80;
    std::string name;
    for (const char c : phrase) {
        const auto byte = static_cast<unsigned char>(c);
        if (name.size() >= kBytes && (byte & 0xc0) != 0x80) {
            break;  // only before a character's first byte
        }
        const bool kept = byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.';
        name += kept ? c : '_';
    }
    if (name.empty() || name.find_first_not_of('.') == std::string::npos) {
        name = "phrase";
    }
    return name;
}

Result<std::vector<std::vector<std::string>>> planOutputs(const std::string& output,
                                                          const std::vector<std::string>& inputs,
                                                          const std::vector<std::string>& labels,
                                                          const std::vector<std::string>& alsoRead) {
    return plan(output, ".png", inputs, labels, alsoRead);
}

Result<std::vector<std::string>> planArrays(const std::string& output, const std::vector<std::string>& inputs,
                                            const std::string& label, const std::vector<std::string>& alsoRead) {
    const auto paths = plan(output, ".npy", inputs, {label}, alsoRead);
    if (!paths) {
        return paths.error();
    }
    std::vector<std::string> flat;
    for (const auto& row : *paths) {
        flat.push_back(row.front());
    }
    return flat;
}

}  // namespace maskwright::cli
