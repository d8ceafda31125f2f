#include "core/weights/clip_files.h"

#include <utility>

namespace maskwright::weights {

Result<ClipFiles> ClipFiles::open(const std::filesystem::path& folder) {
    auto files = locateModel(folder);
    if (!files) {
        return files.error();
    }
    auto config = readJsonFile(files->config, ErrorKind::weights);
    if (!config) {
        return config.error();
    }
    JsonReader reader(*config, files->config, ErrorKind::weights);
    std::string type = reader.string("model_type", "");
    MASKWRIGHT_TRY(reader.status());
    if (type != "clip" && type != "clipseg") {
        return Error{
            ErrorKind::weights,
            message("%1: model_type is %2, \"clip\" or \"clipseg\" is needed", files->config, quoted(type, 40)),
            "give a CLIP folder such as openai/clip-vit-base-patch16"};
    }
    auto weights = openWeights(*files);
    if (!weights) {
        return weights.error();
    }
    const std::string prefix = type == "clip" ? "" : "clip.";
    return ClipFiles{std::move(*files), std::move(*config), std::move(type), std::move(*weights), prefix};
}

Result<void> ClipFiles::check(const ExpectedTensors& names) const {
    ExpectedTensors inFile;
    for (const auto& [name, shape] : names) {
        inFile[prefix + name] = shape;
    }
    return checkTensors(weights, inFile, [&](std::string_view name) {
        return isPositionIds(name) || (!prefix.empty() && name.starts_with("decoder."));
    });
}

}  // namespace maskwright::weights
