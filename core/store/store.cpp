#include "core/store/store.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string_view>

namespace maskwright::store {

namespace fs = std::filesystem;

namespace {

bool isModel(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / "config.json", ignored);
}

std::string nameOf(const std::string& folder) {
    const fs::path path = fs::path(folder).lexically_normal();
    return (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
}

bool sameButForCase(const std::string& a, const std::string& b) {
    const auto lower = [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : int(c); };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](unsigned char x, unsigned char y) { return lower(x) == lower(y); });
}

}  // namespace

std::vector<std::string> places() {
    std::vector<std::string> folders;
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
        folders.push_back((program.parent_path() / "models").string());
        folders.push_back((program.parent_path().parent_path() / "share" / "maskwright" / "models").string());
    }
#ifdef MASKWRIGHT_SOURCE_MODELS
    folders.emplace_back(MASKWRIGHT_SOURCE_MODELS);
#endif
    return folders;
}

std::vector<Model> builtInModels() {
    std::map<std::string, std::string> found;
    for (const std::string& place : places()) {
        std::error_code error;
        for (fs::directory_iterator it(place, error), end; !error && it != end; it.increment(error)) {
            if (isModel(it->path())) {
                found.try_emplace(it->path().filename().string(), it->path().string());
            }
        }
    }
    std::vector<Model> models;
    for (const auto& [name, folder] : found) {
        models.push_back({name, folder});
    }
    return models;
}

Result<Model> find(const std::string& nameOrFolder) {
    if (nameOrFolder.empty()) {
        return Error{ErrorKind::usage, "the model's name is empty", "give a built-in model's name or a model folder"};
    }
    const bool path = nameOrFolder.find('/') != std::string::npos;
    if (!path) {
        for (const std::string& place : places()) {
            const fs::path folder = fs::path(place) / nameOrFolder;
            if (isModel(folder)) {
                return Model{nameOrFolder, folder.string()};
            }
        }
    }
    std::error_code ignored;
    if (fs::is_directory(nameOrFolder, ignored)) {
        return Model{nameOf(nameOrFolder), nameOrFolder};
    }
    const std::vector<Model> models = builtInModels();
    const auto other = std::find_if(models.begin(), models.end(),
                                    [&](const Model& model) { return sameButForCase(model.name, nameOrFolder); });
    if (other != models.end()) {
        return *other;
    }
    std::string known;
    for (const Model& model : models) {
        known += (known.empty() ? "" : ", ") + model.name;
    }
    return Error{ErrorKind::weights,
                 path ? message("there is no model folder %1", quoted(nameOrFolder))
                      : message("there is no built-in model or folder called %1", quoted(nameOrFolder)),
                 known.empty() ? Message("built-in models: none found (set MASKWRIGHT_MODELS)")
                               : message("built-in models: %1", known)};
}

}  // namespace maskwright::store
