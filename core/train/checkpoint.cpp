#include "core/train/checkpoint.h"

#include <filesystem>

namespace maskwright::train {

Result<void> writeCheckpoint(const std::string& path, const Checkpoint& checkpoint) {
    nn::TensorMap all;
    for (const auto& [name, tensor] : checkpoint.model) {
        all.emplace("model." + name, tensor);
    }
    for (const auto& [name, tensor] : checkpoint.optimizer) {
        all.emplace("optimizer." + name, tensor);
    }
    std::map<std::string, std::string> metadata = checkpoint.extra;
    metadata["stage"] = checkpoint.stage;
    metadata["step"] = std::to_string(checkpoint.step);
    metadata["seconds"] = std::to_string(checkpoint.seconds);
    return nn::writeTensors(path, all, weights::DType::f32, metadata);
}

Result<std::optional<Checkpoint>> readCheckpoint(const std::string& path, const std::string& stage) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        return std::optional<Checkpoint>();
    }
    auto file = weights::SafetensorsFile::open(path);
    if (!file) {
        return file.error();
    }
    const Error foreign{ErrorKind::weights, message("%1 is no checkpoint of the stage %2", path, stage),
                        "remove it or choose another work folder"};
    Checkpoint checkpoint;
    try {
        checkpoint.extra = {file->metadata().begin(), file->metadata().end()};
        checkpoint.stage = checkpoint.extra.at("stage");
        checkpoint.step = std::stoll(checkpoint.extra.at("step"));
        checkpoint.seconds = std::stod(checkpoint.extra.at("seconds"));
        if (checkpoint.stage != stage || checkpoint.step < 0) {
            return foreign;
        }
        for (auto& [name, tensor] : nn::readTensors(*file)) {
            if (name.starts_with("model.")) {
                checkpoint.model.emplace(name.substr(6), tensor);
            } else if (name.starts_with("optimizer.")) {
                checkpoint.optimizer.emplace(name.substr(10), tensor);
            }
        }
    } catch (const std::out_of_range&) {
        return foreign;
    } catch (const std::invalid_argument&) {
        return foreign;
    } catch (const std::runtime_error& e) {
        return Error{ErrorKind::weights, verbatim(e.what()), "remove the checkpoint and start again"};
    }
    return std::optional<Checkpoint>(std::move(checkpoint));
}

}  // namespace maskwright::train
