#include "core/session/model_kind.h"

#include <filesystem>

#include "core/base/json.h"
#include "core/store/store.h"

namespace maskwright::session {

namespace fs = std::filesystem;

bool isClipAlone(const std::string& model) {
    const auto found = store::find(model);
    if (!found) {
        return false;
    }
    const fs::path folder = found->folder;
    std::error_code failed;
    if (!fs::is_regular_file(folder / "config.json", failed)) {
        return fs::is_regular_file(folder / "open_clip_config.json", failed);
    }
    const std::string config = (folder / "config.json").string();
    const auto json = readJsonFile(config, ErrorKind::weights);
    return json && json->is_object() &&
           JsonReader(*json, config, ErrorKind::weights).string("model_type", "") == "clip";
}

}  // namespace maskwright::session
