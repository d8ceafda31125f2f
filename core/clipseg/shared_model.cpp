#include "core/clipseg/shared_model.h"

#include <filesystem>
#include <map>

namespace maskwright::clipseg {

namespace {

namespace fs = std::filesystem;

// The folder's files with sizes and times: weights that were replaced are other weights.
std::string stateOf(const std::string& folder) {
    std::error_code failed;
    std::map<std::string, std::string> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed)) {
        std::error_code unread;
        const auto size = entry.file_size(unread);
        const auto changed = entry.last_write_time(unread).time_since_epoch().count();
        files[entry.path().filename().string()] = std::to_string(size) + " " + std::to_string(changed);
    }
    std::string state = fs::weakly_canonical(folder, failed).string();
    for (const auto& [name, facts] : files) {
        state += "\n" + name + " " + facts;
    }
    return state;
}

}  // namespace

std::shared_ptr<Model> sharedModel(const std::string& folder, at::Device device, at::ScalarType dtype) {
    thread_local std::map<std::string, std::weak_ptr<Model>> open;
    std::erase_if(open, [](const auto& one) { return one.second.expired(); });
    const std::string key = device.str() + " " + c10::toString(dtype) + " " + stateOf(folder);
    // One that had to leave its device is another model now.
    if (std::shared_ptr<Model> model = open[key].lock(); model && model->device() == device) {
        return model;
    }
    std::shared_ptr<Model> model = Model::load(folder, device, dtype);
    open[key] = model;
    return model;
}

}  // namespace maskwright::clipseg
