#include "core/clip/preprocessing.h"

#include <cmath>

#include "core/base/log.h"
#include "core/weights/model_folder.h"

namespace maskwright::clip {

namespace {

// Three numbers, or one for all channels as Hugging Face's processors take it.
bool readChannels(const Json& json, const char* key, double low, double high, std::array<double, 3>& out) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null()) {
        return true;
    }
    const bool one = found->is_number();
    if (!one && !(found->is_array() && found->size() == out.size())) {
        return false;
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        const Json& value = one ? *found : (*found)[i];
        if (!value.is_number()) {
            return false;
        }
        out[i] = value.get<double>();
        if (!(out[i] >= low && out[i] <= high)) {
            return false;
        }
    }
    return true;
}

}  // namespace

Result<Preprocessing> readPreprocessing(const Json& json, const std::string& where) {
    JsonReader reader(json, where, ErrorKind::weights);
    const bool normalize = reader.boolean("do_normalize", true);
    double factor = reader.number("rescale_factor", 1.0 / 255, 1e-6, 1e6);
    if (!reader.boolean("do_rescale", true)) {
        factor = 1;
    }
    constexpr std::int64_t kBilinear = 2;  // PIL's number
    const bool bilinear = reader.integer("resample", kBilinear, 0, 5) == kBilinear;
    MASKWRIGHT_TRY(reader.status());
    std::array<double, 3> mean = {0, 0, 0}, deviation = {1, 1, 1};
    if (normalize) {
        for (std::size_t i = 0; i < 3; ++i) {
            mean[i] = kImageNetMean[i];
            deviation[i] = kImageNetStd[i];
        }
        const auto fault = [](Message what) {
            return Error{ErrorKind::weights, std::move(what),
                         "take the preprocessor_config.json that belongs to the weights"};
        };
        if (!readChannels(json, "image_mean", -1000, 1000, mean)) {
            return fault(message("%1: image_mean is not three numbers between -1000 and 1000", where));
        }
        if (!readChannels(json, "image_std", 1e-6, 1e6, deviation)) {
            return fault(message("%1: image_std is not three numbers above 0", where));
        }
    }
    Preprocessing out;
    out.bilinear = bilinear;
    const double unit = 255 * factor;  // of the values that mean and deviation are given in
    if (std::abs(unit - 1) > 1e-6) {
        for (std::size_t i = 0; i < 3; ++i) {
            mean[i] /= unit;
            deviation[i] /= unit;
        }
    }
    for (std::size_t i = 0; i < 3; ++i) {
        out.mean[i] = static_cast<float>(mean[i]);
        out.deviation[i] = static_cast<float>(deviation[i]);
    }
    return out;
}

Result<Preprocessing> readModelPreprocessing(const std::string& folder) {
    const auto files = weights::locateModel(folder);
    if (!files) {
        return files.error();
    }
    if (files->preprocessor.empty()) {
        return Preprocessing{};
    }
    const auto json = readJsonFile(files->preprocessor, ErrorKind::weights);
    if (!json) {
        return json.error();
    }
    auto read = readPreprocessing(*json, files->preprocessor);
    if (read && !read->bilinear) {
        log::warn(files->preprocessor +
                  " asks for another resize filter; pictures are resized bilinearly all the same");
    }
    return read;
}

}  // namespace maskwright::clip
