#include "core/clip/preprocessing.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/weights/model_folder.h"

namespace maskwright::clip {

namespace {

constexpr std::int64_t kLeastSide = 16, kMostSide = 8192;

// What a class of transformers does with a member that its file leaves out (the class attributes in
// models/*/image_processing_*.py, transformers 5.24).
struct Defaults {
    std::string_view name;  // without ImageProcessor, Fast and Pil
    std::array<double, 3> mean, deviation;
    ResizeFilter filter;
    std::int64_t size;  // 0: the configuration's
    bool shortest;      // a size of one number is the shorter side's
    std::int64_t crop;  // 0: none
};

constexpr std::array<double, 3> kHalf = {0.5, 0.5, 0.5};
constexpr std::array<double, 3> kClipMean = {0.48145466, 0.4578275, 0.40821073};
constexpr std::array<double, 3> kClipStd = {0.26862954, 0.26130258, 0.27577711};
// The published CLIPSeg's, for files that name no class.
constexpr Defaults kPublished{"", {0.485, 0.456, 0.406}, {0.229, 0.224, 0.225}, ResizeFilter::bilinear, 0, false, 0};
constexpr Defaults kClasses[] = {
    {"ViT", kHalf, kHalf, ResizeFilter::bilinear, 224, false, 0},
    {"DeiT", kHalf, kHalf, ResizeFilter::bicubic, 256, false, 224},
    {"CLIP", kClipMean, kClipStd, ResizeFilter::bicubic, 224, true, 224},
    {"Siglip", kHalf, kHalf, ResizeFilter::bicubic, 224, false, 0},
    {"Blip", kClipMean, kClipStd, ResizeFilter::bicubic, 384, false, 0},
};

// Members of other processors that change pixels; not done here.
constexpr std::string_view kForeign[] = {"crop_pct",     "ensure_multiple_of", "include_top",
                                         "max_size",     "keep_aspect_ratio",  "reducing_gap",
                                         "size_divisor", "rescale_offset",     "use_square_size"};
constexpr std::string_view kSteps[] = {"do_resize",    "do_center_crop", "do_rescale",
                                       "do_normalize", "do_convert_rgb", "do_pad"};

bool has(const Json& json, std::string_view key) {
    const auto found = json.find(key);
    return found != json.end() && !found->is_null();
}

std::string shortText(const Json& value) {
    const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    return text.size() <= 60 ? text : text.substr(0, 60) + "...";
}

// Reads one file's members in the order of the steps; every error names the file.
class Reader {
  public:
    Reader(const Json& json, const std::string& where)
        : json_(json), where_(where), reader_(json, where, ErrorKind::weights) {}

    Result<Preprocessing> read() {
        MASKWRIGHT_TRY(reader_.status());
        MASKWRIGHT_TRY(chooseClass());
        MASKWRIGHT_TRY(refuseForeignSteps());
        MASKWRIGHT_TRY(readGeometry());
        MASKWRIGHT_TRY(readColours());
        return out_;
    }

  private:
    struct Size {
        std::int64_t height = 0, width = 0, shortestEdge = 0;
    };

    [[nodiscard]] Error damaged(const Message& what) const {
        return {ErrorKind::weights, message("%1: %2", where_, what),
                "take the preprocessor_config.json that belongs to the weights"};
    }
    // A member that means something which is not done here.
    [[nodiscard]] Error refused(std::string_view key, Message advice) const {
        return {ErrorKind::weights,
                message("%1: %2 is %3, which is not done here", where_, key, shortText(json_.at(std::string(key)))),
                std::move(advice)};
    }

    Result<void> chooseClass() {
        std::string name = reader_.string("image_processor_type", reader_.string("feature_extractor_type", ""));
        MASKWRIGHT_TRY(reader_.status());
        if (name.empty()) {
            return {};
        }
        for (const std::string_view ending : {"Fast", "Pil", "ImageProcessor", "FeatureExtractor"}) {
            if (name.ends_with(ending)) {
                name.resize(name.size() - ending.size());
            }
        }
        const auto* known = std::ranges::find(kClasses, name, &Defaults::name);
        if (known == std::end(kClasses)) {
            return refused(has(json_, "image_processor_type") ? "image_processor_type" : "feature_extractor_type",
                           "only the preprocessing of ViTImageProcessor, CLIPImageProcessor and their like is known");
        }
        defaults_ = *known;
        return {};
    }

    Result<void> refuseForeignSteps() const {
        for (const auto& [key, value] : json_.items()) {
            const bool off = value.is_null() || value == Json(false);
            const bool step = key.starts_with("do_") && std::ranges::find(kSteps, key) == std::end(kSteps);
            if (!off && (step || std::ranges::find(kForeign, key) != std::end(kForeign))) {
                return refused(key, "remove it where the model was trained without it, or choose another model");
            }
        }
        return {};
    }

    // An int, [height, width] or an object; `shortest`: an int is the shorter side's.
    Result<Size> sizeOf(const char* key, std::int64_t fallback, bool shortest) const {
        const Error fault = damaged(message("%1 is not a size between %2 and %3 pixels", key, kLeastSide, kMostSide));
        const auto side = [](const Json& value) -> std::int64_t {
            const bool fits = value.is_number_unsigned() && value.get<std::uint64_t>() <= kMostSide;
            return fits && value.get<std::int64_t>() >= kLeastSide ? value.get<std::int64_t>() : 0;
        };
        Size size;
        const Json one = has(json_, key) ? json_.at(key) : Json(static_cast<std::uint64_t>(fallback));
        if (!has(json_, key) && fallback == 0) {
            return size;
        }
        if (!one.is_object()) {
            const bool two = one.is_array() && one.size() == 2;
            size.height = side(two ? one[0] : one);
            size.width = side(two ? one[1] : one);
            if (shortest && !two) {
                size = {0, 0, size.height};
            }
        } else if (one.size() == 2 && has(one, "height") && has(one, "width")) {
            size.height = side(one["height"]);
            size.width = side(one["width"]);
        } else if (one.size() == 1 && has(one, "shortest_edge")) {
            size.shortestEdge = side(one["shortest_edge"]);
        } else if (one.size() > 0 && one.size() <= 2 && std::ranges::all_of(one.items(), [](const auto& item) {
                       return item.key() == "shortest_edge" || item.key() == "longest_edge" ||
                              item.key() == "max_height" || item.key() == "max_width" || item.key() == "min_pixels" ||
                              item.key() == "max_pixels";
                   })) {
            return refused(key, squareAdvice());
        }
        if (size.shortestEdge == 0 && (size.height == 0 || size.width == 0)) {
            return fault;
        }
        return size;
    }

    static Message squareAdvice() {
        return "the model needs a square input: give a size with height and width, or do_center_crop with a crop_size";
    }

    Result<void> readGeometry() {
        const bool resized = reader_.boolean("do_resize", true);
        const bool cropped = reader_.boolean("do_center_crop", defaults_.crop != 0);
        const bool padded = reader_.boolean("do_pad", false);
        reader_.boolean("do_convert_rgb", true);  // every picture is RGB here
        const bool square = reader_.boolean("default_to_square", !defaults_.shortest);
        out_.filter =
            static_cast<ResizeFilter>(reader_.integer("resample", static_cast<std::int64_t>(defaults_.filter), 0, 5));
        MASKWRIGHT_TRY(reader_.status());
        if (!resized) {
            return refused("do_resize", "set it to true and give the size that the model was trained with");
        }
        const auto size = sizeOf("size", defaults_.size, !square);
        if (!size) {
            return size.error();
        }
        if (!cropped) {
            if (size->shortestEdge != 0) {
                return has(json_, "size") ? refused("size", squareAdvice())
                                          : damaged(message("%1 is missing", verbatim("size")));
            }
            if (size->height != size->width) {
                return damaged("size is not a square");
            }
            out_.side = size->height;
        } else {
            MASKWRIGHT_TRY(readCrop(*size));
        }
        // Inputs of one size need no padding to a common one.
        if (padded && has(json_, "pad_size")) {
            const auto pad = sizeOf("pad_size", 0, false);
            if (!pad) {
                return pad.error();
            }
            if (pad->height != out_.side || pad->width != out_.side) {
                return refused("pad_size", "set do_pad to false");
            }
        }
        return {};
    }

    Result<void> readCrop(const Size& size) {
        const auto crop = sizeOf("crop_size", defaults_.crop, false);
        if (!crop) {
            return crop.error();
        }
        if (crop->shortestEdge != 0 || crop->height != crop->width) {
            return refused("crop_size", squareAdvice());
        }
        if (crop->height == 0) {
            return damaged("do_center_crop is true, but there is no crop_size");
        }
        out_.side = crop->height;
        if (size.height == out_.side && size.width == out_.side) {
            return {};  // nothing is cut off
        }
        out_.shortestEdge = size.shortestEdge;
        out_.resizeHeight = size.height;
        out_.resizeWidth = size.width;
        if (!out_.cropped()) {
            return damaged("do_center_crop is true, but there is no size");
        }
        return {};
    }

    // Three numbers, or one for all channels as Hugging Face's processors take it.
    bool readChannels(const char* key, double low, double high, std::array<double, 3>& out) const {
        if (!has(json_, key)) {
            return true;
        }
        const Json& given = json_.at(key);
        if (!given.is_number() && !(given.is_array() && given.size() == out.size())) {
            return false;
        }
        for (std::size_t i = 0; i < out.size(); ++i) {
            const Json& value = given.is_array() ? given[i] : given;
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

    Result<void> readColours() {
        const bool normalize = reader_.boolean("do_normalize", true);
        double factor = reader_.number("rescale_factor", 1.0 / 255, 1e-6, 1e6);
        if (!reader_.boolean("do_rescale", true)) {
            factor = 1;
        }
        MASKWRIGHT_TRY(reader_.status());
        std::array<double, 3> mean = {0, 0, 0}, deviation = {1, 1, 1};
        if (normalize) {
            mean = defaults_.mean;
            deviation = defaults_.deviation;
            if (!readChannels("image_mean", -1000, 1000, mean)) {
                return damaged("image_mean is not three numbers between -1000 and 1000");
            }
            if (!readChannels("image_std", 1e-6, 1e6, deviation)) {
                return damaged("image_std is not three numbers above 0");
            }
        }
        const double unit = 255 * factor;  // of the values that mean and deviation are given in
        const bool bytes = std::abs(unit - 1) > 1e-6;
        for (std::size_t i = 0; i < 3; ++i) {
            out_.mean[i] = static_cast<float>(bytes ? mean[i] / unit : mean[i]);
            out_.deviation[i] = static_cast<float>(bytes ? deviation[i] / unit : deviation[i]);
        }
        return {};
    }

    const Json& json_;
    const std::string& where_;
    JsonReader reader_;
    Defaults defaults_ = kPublished;
    Preprocessing out_;
};

}  // namespace

Result<Preprocessing> readPreprocessing(const Json& json, const std::string& where) {
    return Reader(json, where).read();
}

Result<Preprocessing> readModelPreprocessing(const weights::ModelFiles& files) {
    if (!files.processor.empty()) {
        const auto json = readJsonFile(files.processor, ErrorKind::weights);
        if (!json) {
            return json.error();
        }
        // Before transformers 5 the file had no image_processor, and the other one counts.
        if (const auto nested = json->find("image_processor"); nested != json->end()) {
            return readPreprocessing(*nested, files.processor);
        }
    }
    if (files.preprocessor.empty()) {
        return Preprocessing{};
    }
    const auto json = readJsonFile(files.preprocessor, ErrorKind::weights);
    if (!json) {
        return json.error();
    }
    return readPreprocessing(*json, files.preprocessor);
}

Result<Preprocessing> readModelPreprocessing(const std::string& folder) {
    const auto files = weights::locateModel(folder);
    if (!files) {
        return files.error();
    }
    return readModelPreprocessing(*files);
}

}  // namespace maskwright::clip
