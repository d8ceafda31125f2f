#include "core/store/store.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <string_view>

#include "core/base/file.h"
#include "core/store/ascii_case.h"
#include "core/store/catalogue.h"
#include "core/store/install.h"
#include "core/store/staging.h"

namespace maskwright::store {

namespace fs = std::filesystem;

namespace {

bool isModel(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / "config.json", ignored) ||
           fs::is_regular_file(folder / "open_clip_config.json", ignored);
}

// The models in a place, by name.
std::map<std::string, std::string> modelsIn(const std::string& place) {
    std::map<std::string, std::string> found;
    std::error_code error;
    for (fs::directory_iterator it(place, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (!name.starts_with('.') && isModel(it->path())) {
            found.emplace(name, it->path().string());
        }
    }
    return found;
}

std::string nameOf(const std::string& folder) {
    const fs::path path = fs::path(folder).lexically_normal();
    return (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
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
        found.merge(modelsIn(place));
    }
    std::vector<Model> models;
    for (const auto& [name, folder] : found) {
        models.push_back({name, folder});
    }
    return models;
}

std::string userPlace() {
    const auto absolute = [](const char* variable) {
        const char* value = std::getenv(variable);
        return value != nullptr && *value == '/' ? fs::path(value) : fs::path();
    };
    fs::path data = absolute("XDG_DATA_HOME");
    if (data.empty()) {
        data = absolute("HOME");
        if (data.empty()) {
            return {};
        }
        data = data / ".local" / "share";
    }
    return (data / "maskwright" / "models").string();
}

std::vector<UserModel> userModels() {
    std::vector<UserModel> models;
    const std::string place = userPlace();
    if (place.empty()) {
        return models;
    }
    for (const auto& [name, folder] : modelsIn(place)) {
        UserModel one{{name, folder}, readOrigin(folder), 0};
        std::error_code error;
        for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
            std::error_code none;
            const auto size = it->is_regular_file(none) ? it->file_size(none) : 0;
            one.bytes += none ? 0 : size;
        }
        models.push_back(std::move(one));
    }
    return models;
}

Result<bool> isClipAlone(const std::string& folder) {
    const std::string config = (fs::path(folder) / "config.json").string();
    std::error_code none;
    if (!fs::is_regular_file(config, none)) {
        return true;
    }
    const auto json = readJsonFile(config, ErrorKind::weights);
    if (!json) {
        return json.error();
    }
    JsonReader reader(*json, config, ErrorKind::weights);
    const std::string type = reader.string("model_type", "");
    MASKWRIGHT_TRY(reader.status());
    return type == "clip";
}

Result<Model> find(const std::string& nameOrFolder) {
    if (nameOrFolder.empty()) {
        return Error{ErrorKind::usage, "the model's name is empty", "give a built-in model's name or a model folder"};
    }
    const bool path = nameOrFolder.find('/') != std::string::npos;
    if (!path) {
        std::vector<std::string> all = places();
        if (const std::string own = userPlace(); !own.empty() && !nameOrFolder.starts_with('.')) {
            all.push_back(own);
        }
        for (const std::string& place : all) {
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
    std::vector<Model> models = builtInModels();
    for (UserModel& own : userModels()) {
        models.push_back(std::move(own.model));
    }
    const auto other = std::find_if(models.begin(), models.end(),
                                    [&](const Model& model) { return sameButForCase(model.name, nameOrFolder); });
    if (other != models.end()) {
        return *other;
    }
    std::string known;
    for (const Model& model : models) {
        known += (known.empty() ? "" : ", ") + model.name;
    }
    if (const Published* published = path ? nullptr : findPublished(nameOrFolder)) {
        return Error{ErrorKind::weights, message("the model %1 is not here yet", published->name),
                     message("download it: maskwright-cli models fetch %1", published->name)};
    }
    return Error{ErrorKind::weights,
                 path ? message("there is no model folder %1", quoted(nameOrFolder))
                      : message("there is no built-in model or folder called %1", quoted(nameOrFolder)),
                 known.empty() ? Message("built-in models: none found (set MASKWRIGHT_MODELS)")
                               : message("built-in models: %1", known)};
}

Result<void> checkName(const std::string& name) {
    const bool fits = !name.empty() && name.size() <= 100 && name.front() != '.' && name.front() != '-' &&
                      std::all_of(name.begin(), name.end(), [](unsigned char c) {
                          return c >= 0x80 || std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_';
                      });
    if (!fits) {
        return Error{ErrorKind::usage, message("a model cannot be called %1", quoted(name)),
                     "choose a name of letters, digits, dots, dashes and underscores"};
    }
    for (const Model& model : builtInModels()) {
        if (sameButForCase(model.name, name)) {
            return Error{ErrorKind::usage, message("%1 is a built-in model's name", quoted(name)),
                         "choose another name"};
        }
    }
    return {};
}

Result<void> removeModel(const std::string& name) {
    const std::string place = userPlace();
    const bool named = !place.empty() && !name.empty() && name.find('/') == std::string::npos && name.front() != '.';
    std::error_code ignored;
    const fs::path folder = fs::path(place) / name;
    const bool there = named && fs::is_directory(fs::symlink_status(folder, ignored));
    const bool begun = named && fs::is_directory(fs::symlink_status(stagingFolder(place, name), ignored));
    if (!there && !begun) {
        const auto models = builtInModels();
        const bool builtIn = std::any_of(models.begin(), models.end(), [&](const Model& m) { return m.name == name; });
        return Error{ErrorKind::usage,
                     builtIn ? message("%1 is built in and stays", quoted(name))
                             : message("there is no model of yours called %1", quoted(name)),
                     "see maskwright-cli models list"};
    }
    auto staging = Staging::open(place, name);
    if (!staging) {
        return staging.error();
    }
    staging->discard();
    if (!there) {
        return {};
    }
    // Out of sight first: what is killed in between leaves no half of a model under its name.
    std::error_code failed;
    const fs::path hidden = fs::path(place) / ("." + name + ".removed-" + std::to_string(std::random_device{}()));
    fs::rename(folder, hidden, failed);
    if (!failed) {
        fs::remove_all(hidden, failed);
    }
    if (failed) {
        return Error{ErrorKind::output, message("cannot remove %1: %2", folder.string(), systemReason(failed.value())),
                     "check the folder's permissions"};
    }
    return {};
}

}  // namespace maskwright::store
