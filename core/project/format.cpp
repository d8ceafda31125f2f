#include "core/project/format.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/project/check.h"
#include "core/project/json.h"

namespace maskwright::project {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "maskwright project";
constexpr JsonLimits kLimits = {1u << 30, 32, 20'000'000};  // a thousand pictures with corrections are some 100 MB

// Of the whole text's JSON. Errors: no project, or one of a newer version.
Result<void> checkHead(const Json& json, const std::string& name) {
    const auto format = json.is_object() ? json.find("format") : json.end();
    if (!json.is_object() || format == json.end() || *format != kFormat) {
        return Error{ErrorKind::input, message("%1 is no Maskwright project", quoted(name)),
                     name.ends_with(kProjectEnding) ? Message("the file is damaged, or another program has changed it")
                                                    : Message("choose a file that ends in .maskwright")};
    }
    JsonReader reader(json, name, ErrorKind::input);
    reader.require("version");
    const auto version = reader.integer("version", 1, 1, INT64_MAX);
    MASKWRIGHT_TRY(reader.status());
    if (version > kFormatVersion) {
        return Error{ErrorKind::input,
                     message("%1 was made by a newer Maskwright: its format is %2, this program reads up to %3",
                             quoted(name), version, kFormatVersion),
                     "install a newer version; the file was left as it is"};
    }
    return {};
}

Error damaged(const std::string& name, const Error& why) {
    return {ErrorKind::input, message("%1: %2", name, why.what),
            "the file is damaged, or another program has changed it"};
}

// Whether a project of a newer version lies there, by its first lines: no more is read of what is to be replaced.
bool isNewer(const fs::path& path) {
    constexpr std::size_t kHead = 4096;  // bytes
    constexpr std::string_view kKey = "\"version\":";
    const auto file = FileReader::open(path);
    std::string head(file ? std::min<std::size_t>(kHead, file->size()) : 0, ' ');
    if (!file || !file->read(0, std::as_writable_bytes(std::span(head)))) {
        return false;
    }
    const std::size_t at = head.find(kKey);
    return head.find(kFormat) != std::string::npos && at != std::string::npos &&
           std::strtoll(head.c_str() + at + kKey.size(), nullptr, 10) > kFormatVersion;
}

}  // namespace

std::string sha256OfText(std::string_view text) {
    Sha256 hash;
    hash.update(std::as_bytes(std::span(text)));
    return hash.finish();
}

std::string textOf(const Project& project, const fs::path& folder) {
    const Base base{folder};
    OrderedJson json = {{"format", kFormat},
                        {"version", kFormatVersion},
                        {"model", jsonOf(project.model, base)},
                        {"settings", jsonOf(project.settings)}};
    if (project.draft) {
        json["draft"] = jsonOf(*project.draft, base);
    }
    json["pictures"] = OrderedJson::array();
    for (const PicturePtr& picture : project.pictures) {
        json["pictures"].push_back(jsonOf(*picture, base));
    }
    return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

Result<Project> projectOf(std::string_view text, const std::string& name, const fs::path& folder) {
    const auto json = parseJson(text, name, ErrorKind::input, kLimits);
    if (!json) {
        return json.error();
    }
    MASKWRIGHT_TRY(checkHead(*json, name));
    const Base base{folder};
    Project project;
    const auto modelJson = memberObject(*json, "model", name);
    auto model = modelJson ? readModel(**modelJson, name + ": model", base) : Result<Model>(modelJson.error());
    const auto settingsJson = model ? memberObject(*json, "settings", name) : Result<const Json*>(model.error());
    auto settings =
        settingsJson ? readSettings(**settingsJson, name + ": settings") : Result<Settings>(settingsJson.error());
    if (!settings) {
        return settings.error();
    }
    project.model = std::move(*model);
    project.settings = std::move(*settings);
    const auto pictures = json->find("pictures");
    if (pictures == json->end() || !pictures->is_array()) {
        return Error{ErrorKind::input, message("%1: the list of pictures is missing", name),
                     "the file is damaged, or another program has changed it"};
    }
    std::vector<Id> ids;
    for (std::size_t i = 0; i < pictures->size(); ++i) {
        auto picture = readPicture((*pictures)[i], name + ": pictures[" + std::to_string(i) + "]", base);
        if (!picture) {
            return picture.error();
        }
        const std::vector<Id> own = idsOf(**picture);
        ids.insert(ids.end(), own.begin(), own.end());
        project.pictures.push_back(std::move(*picture));
    }
    if (const auto draft = json->find("draft"); draft != json->end() && !draft->is_null()) {
        auto row = readRow(*draft, name + ": draft", base);
        if (!row) {
            return row.error();
        }
        if (const auto good = checkDraft(**row); !good) {
            return damaged(name, good.error());
        }
        const std::vector<Id> own = idsOf(**row);
        ids.insert(ids.end(), own.begin(), own.end());
        project.draft = std::move(*row);
    }
    if (const auto good = checkIds({}, ids); !good) {
        return damaged(name, good.error());
    }
    return project;
}

fs::path fileBehind(const fs::path& path) {
    std::error_code failed;
    const fs::path whole = fs::absolute(path).lexically_normal();
    const fs::path target = fs::is_symlink(whole, failed) ? fs::canonical(whole, failed) : fs::path();
    return target.empty() ? whole : target;  // one that leads nowhere is itself replaced
}

Result<Loaded> load(const fs::path& path) {
    const auto text = maskwright::readFile(path, kLimits.bytes);
    if (!text) {
        return text.error();
    }
    auto project = projectOf(*text, path.string(), fileBehind(path).parent_path());
    if (!project) {
        return project.error();
    }
    return Loaded{std::move(*project), sha256OfText(*text)};
}

Result<std::string> save(const Project& project, const fs::path& path) {
    return saveText(textOf(project, fileBehind(path).parent_path()), path);
}

Result<std::string> saveText(const std::string& text, const fs::path& path) {
    if (isNewer(path)) {
        return Error{ErrorKind::output,
                     message("%1 is a project of a newer Maskwright and was left as it is", quoted(path.string())),
                     "choose another name"};
    }
    MASKWRIGHT_TRY(writeFileAtomically(path, text));
    return sha256OfText(text);
}

}  // namespace maskwright::project
