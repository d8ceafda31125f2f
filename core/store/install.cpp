#include "core/store/install.h"

#include <system_error>

#include "core/base/file.h"
#include "core/store/hub_client.h"
#include "core/weights/convert_torch.h"

namespace maskwright::store {

namespace fs = std::filesystem;

namespace {

// What stays free on the disk for everybody else.
constexpr std::uint64_t kSpare = std::uint64_t{64} << 20;

std::string megabytes(std::uint64_t bytes) { return std::to_string((bytes + 999'999) / 1'000'000); }

}  // namespace

Origin readOrigin(const std::string& folder) {
    Origin origin;
    const std::string file = (fs::path(folder) / kOriginFile).string();
    std::error_code none;
    if (!fs::is_regular_file(file, none)) {
        return origin;
    }
    const auto json = readJsonFile(file, ErrorKind::weights, {.bytes = 1u << 20, .depth = 8, .elements = 10'000});
    if (!json || !json->is_object()) {
        return origin;
    }
    JsonReader reader(*json, file, ErrorKind::weights);
    origin.repository = reader.string("repository", "");
    origin.commit = reader.string("commit", "");
    origin.licence = reader.string("licence", "");
    origin.importedFrom = reader.string("imported_from", "");
    return origin;
}

Result<std::string> placeOr(const std::string& given) {
    std::string place = given.empty() ? userPlace() : given;
    if (place.empty()) {
        return Error{ErrorKind::usage, "there is no folder for your own models", "set HOME or XDG_DATA_HOME"};
    }
    return place;
}

Result<void> checkSpace(const std::string& place, const std::string& name, std::uint64_t bytes) {
    fs::path folder = place;
    std::error_code none;
    while (!fs::exists(folder, none) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    const fs::space_info space = fs::space(folder, none);
    if (none || space.available >= bytes + kSpare) {
        return {};
    }
    return Error{ErrorKind::output,
                 message("%1 needs %2 MB more on the disk of %3, which has %4 MB free", name, megabytes(bytes), place,
                         std::to_string(space.available / 1'000'000)),
                 "free some space on that disk"};
}

Result<Model> install(Staging& staging, const std::string& name, const std::string& toConvert, const Json& note,
                      const ModelCheck& check, const std::stop_token& stop) {
    if (!toConvert.empty()) {
        const std::string from = staging.whole(toConvert).string();
        const auto converted =
            weights::convertTorchWeights(from, staging.whole(convertedName(toConvert)).string(), stop);
        if (!converted) {
            const Error& error = converted.error();
            return error.kind != ErrorKind::weights
                       ? error
                       : Error{ErrorKind::weights,
                               message("%1 cannot be converted: %2", toConvert, verbatim(error.what.text())),
                               "choose a model with safetensors"};
        }
    }
    MASKWRIGHT_TRY(writeFileAtomically(staging.whole(kOriginFile), note.dump(2) + "\n"));
    if (check) {
        MASKWRIGHT_TRY(check(staging.folder().string()));
    }
    if (stop.stop_requested()) {
        return stoppedFetch();
    }
    if (!toConvert.empty()) {
        std::error_code ignored;
        fs::remove(staging.whole(toConvert), ignored);
    }
    MASKWRIGHT_TRY(staging.publish());
    return Model{name, staging.target().string()};
}

}  // namespace maskwright::store
