// A model in several safetensors files with a list of them.
#include <filesystem>

#include "core/base/json.h"
#include "core/weights/safetensors.h"
#include "core/weights/safetensors_header.h"

namespace maskwright::weights {

namespace {

constexpr JsonLimits kIndexLimits{.bytes = 32u << 20, .depth = 16, .elements = 4 * kMaxTensors};

Error wrongIndex(const std::string& path, const Message& problem) {
    return {ErrorKind::weights, message("%1: %2", path, problem), "get the list and all its files again"};
}

// The file beside the list, and nothing else: the list comes from a stranger.
bool isPlainName(const std::string& name) {
    return !name.empty() && name != "." && name != ".." &&
           name.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos;
}

}  // namespace

// Takes the parts of `part`, which is one file.
Result<void> SafetensorsFile::add(SafetensorsFile part) {
    for (auto& [name, info] : part.tensors_) {
        info.part = parts_.size();
        const auto [place, isNew] = tensors_.emplace(name, std::move(info));
        if (!isNew) {
            return wrongIndex(name_, message("tensor %1 is in two of its files, %2 and %3", quoted(name),
                                             parts_[place->second.part].file.name(), part.name_));
        }
    }
    metadata_.merge(part.metadata_);
    parts_.push_back(std::move(part.parts_.front()));
    return {};
}

Result<SafetensorsFile> SafetensorsFile::openIndex(const std::string& path) {
    const auto json = readJsonFile(path, ErrorKind::weights, kIndexLimits);
    if (!json) {
        return json.error();
    }
    if (!json->is_object() || !json->contains("weight_map") || !(*json)["weight_map"].is_object()) {
        return wrongIndex(path, "it has no weight_map from tensors to files");
    }
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    const Json& map = (*json)["weight_map"];
    SafetensorsFile whole(path);
    std::map<std::string, std::size_t> parts;
    for (const auto& [tensor, value] : map.items()) {
        const std::string file = value.is_string() ? value.get<std::string>() : std::string();
        if (!isPlainName(file)) {
            return wrongIndex(path, message("the file of tensor %1 is %2, not the name of a file beside it",
                                            quoted(tensor), quoted(value.is_string() ? file : value.dump(), 60)));
        }
        if (!parts.try_emplace(file, parts.size()).second) {
            continue;
        }
        if (parts.size() > kMaxParts) {
            return wrongIndex(path, message("it names more than %1 files", kMaxParts));
        }
        std::error_code code;
        if (!std::filesystem::exists(folder / file, code)) {
            return wrongIndex(path, message("its file %1 is missing", quoted(file, 60)));
        }
        auto part = openOne((folder / file).string());
        if (!part) {
            return part.error();
        }
        MASKWRIGHT_TRY(whole.add(std::move(*part)));
    }
    for (const auto& [tensor, value] : map.items()) {
        const auto found = whole.tensors_.find(tensor);
        if (found == whole.tensors_.end() || found->second.part != parts.at(value.get<std::string>())) {
            return wrongIndex(path,
                              message("tensor %1 is not in its file %2", quoted(tensor), value.get<std::string>()));
        }
    }
    return whole;
}

}  // namespace maskwright::weights
