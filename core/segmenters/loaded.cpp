#include "core/segmenters/loaded.h"

#include <ATen/ATen.h>

#include <filesystem>

#include "core/weights/model_folder.h"
#include "core/weights/safetensors.h"

namespace maskwright::segmenters {

namespace {

namespace fs = std::filesystem;

Result<std::string> weightsIn(const fs::path& folder) {
    for (const char* name : {"model.safetensors", "model.safetensors.index.json"}) {
        std::error_code code;
        if (fs::is_regular_file(folder / name, code)) {
            return (folder / name).string();
        }
    }
    return Error{ErrorKind::weights, message("%1 holds no %2", folder.string(), verbatim("model.safetensors")),
                 message("get that file and put it beside %1", kConfig)};
}

}  // namespace

Result<nn::Loaded> loadTensors(const std::string& folder, const nn::Parameters& declared, const FileName& fileName,
                               const std::function<bool(std::string_view)>& ignorable, at::Device device,
                               at::ScalarType dtype) {
    const auto path = weightsIn(folder);
    if (!path) {
        return path.error();
    }
    const auto file = weights::SafetensorsFile::open(*path);
    if (!file) {
        return file.error();
    }
    weights::ExpectedTensors expected;
    for (const auto& [name, parameter] : declared) {
        expected[fileName(name)] = parameter.shape;
    }
    MASKWRIGHT_TRY(weights::checkTensors(*file, expected, ignorable));
    nn::TensorMap tensors;
    nn::TensorReader reader(*file);
    for (const auto& [name, parameter] : declared) {
        at::Tensor tensor = reader.read(file->tensors().find(fileName(name))->second);
        if (!nn::isFinite(tensor)) {
            return nn::notFinite(folder, fileName(name));
        }
        tensors.emplace(name, std::move(tensor));
    }
    return nn::loaded(std::move(tensors), declared, {device, dtype});
}

}  // namespace maskwright::segmenters
