#include <cstdlib>
#include <filesystem>
#include <set>
#include <string_view>

#include "core/session/engine.h"

namespace maskwright::session {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> modelFolders() {
    std::vector<fs::path> folders;
    if (const char* own = std::getenv("MASKWRIGHT_MODELS")) {
        std::string_view rest = own;
        while (!rest.empty()) {
            const std::size_t colon = rest.find(':');
            if (colon != 0) {
                folders.emplace_back(rest.substr(0, colon));
            }
            rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
        }
    }
    std::error_code none;
    const fs::path program = fs::read_symlink("/proc/self/exe", none);
    if (!none) {
        folders.push_back(program.parent_path() / "models");
        folders.push_back(program.parent_path().parent_path() / "share" / "maskwright" / "models");
    }
#ifdef MASKWRIGHT_SOURCE_MODELS
    folders.emplace_back(MASKWRIGHT_SOURCE_MODELS);
#endif
    return folders;
}

bool isModel(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / "config.json", ignored);
}

}  // namespace

std::vector<std::string> builtInModels() {
    std::set<std::string> names;
    for (const fs::path& folder : modelFolders()) {
        std::error_code error;
        for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
            if (isModel(it->path())) {
                names.insert(it->path().filename().string());
            }
        }
    }
    return {names.begin(), names.end()};
}

Result<std::string> findModel(const std::string& nameOrFolder) {
    if (nameOrFolder.empty()) {
        return Error{ErrorKind::usage, "the model's name is empty", "give a built-in model's name or a model folder"};
    }
    const bool path = nameOrFolder.find('/') != std::string::npos;
    if (!path) {
        for (const fs::path& folder : modelFolders()) {
            if (isModel(folder / nameOrFolder)) {
                return (folder / nameOrFolder).string();
            }
        }
    }
    std::error_code ignored;
    if (fs::is_directory(nameOrFolder, ignored)) {
        return nameOrFolder;
    }
    std::string known;
    for (const std::string& name : builtInModels()) {
        known += (known.empty() ? "" : ", ") + name;
    }
    const std::string what = path ? "there is no model folder " : "there is no built-in model or folder called ";
    return Error{ErrorKind::weights, what + quoted(nameOrFolder),
                 "built-in models: " + (known.empty() ? std::string("none found (set MASKWRIGHT_MODELS)") : known)};
}

}  // namespace maskwright::session
