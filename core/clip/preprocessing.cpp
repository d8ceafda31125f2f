#include "core/clip/preprocessing.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/base/normalisation.h"
#include "core/clip/image_processors.h"
#include "core/weights/model_folder.h"

namespace maskwright::clip {

namespace {

constexpr std::int64_t kLeastSide = 16, kMostSide = 8192;

// The published CLIPSeg's, for files that name no class.
constexpr ImageProcessor kPublished{
    "", normalisation::kImageNetMean, normalisation::kImageNetDeviation, ResizeFilter::bilinear, 0, false, false, 0};

// Members that change pixels, and the classes for which they are read here: in those of others they are not done.
constexpr struct {
    std::string_view key;
    Manner manner;
} kForeign[] = {
    {"crop_pct", Manner::convNext},           {"crop_pct", Manner::poolFormer},   {"include_top", Manner::efficientNet},
    {"rescale_offset", Manner::efficientNet}, {"crop_to_patches", Manner::usual}, {"ensure_multiple_of", Manner::usual},
    {"keep_aspect_ratio", Manner::usual},     {"max_size", Manner::usual},        {"reducing_gap", Manner::usual},
    {"size_divisor", Manner::usual},          {"use_square_size", Manner::usual}};
// do_reduce_labels and do_convert_annotations are of what a picture is trained with, not of the picture.
constexpr std::string_view kSteps[] = {"do_resize",        "do_center_crop",        "do_rescale",
                                       "do_normalize",     "do_convert_rgb",        "do_pad",
                                       "do_reduce_labels", "do_convert_annotations"};

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
        const std::string name = reader_.string("image_processor_type", reader_.string("feature_extractor_type", ""));
        MASKWRIGHT_TRY(reader_.status());
        if (name.empty()) {
            return {};
        }
        const ImageProcessor* known = imageProcessor(name);
        if (known == nullptr) {
            return refused(has(json_, "image_processor_type") ? "image_processor_type" : "feature_extractor_type",
                           "only the preprocessing of ViTImageProcessor, CLIPImageProcessor and their like is known");
        }
        class_ = *known;
        if (!class_.undone.empty() && class_.undoneByDefault && !json_.contains(class_.undone)) {
            return Error{
                ErrorKind::weights,
                message("%1: %2 does %3 unless it is told not to, which is not done here", where_, name, class_.undone),
                message("set %1 to false where the model was trained without it, or choose another model",
                        class_.undone)};
        }
        return {};
    }

    // Whether a step is done: null switches it off.
    bool step(const char* key, bool fallback) {
        return reader_.boolean(key, fallback && !json_.contains(key)) && !neverDoes(class_, key);
    }

    // Whether the member means something that this class does and that is not done here.
    [[nodiscard]] bool isForeign(const std::string& key, const Json& value) const {
        if (key == class_.undone) {
            return true;
        }
        if (key.starts_with("do_")) {
            return std::ranges::find(kSteps, key) == std::end(kSteps);
        }
        bool listed = false;
        for (const auto& one : kForeign) {
            if (one.key == key) {
                listed = true;
                if (one.manner != Manner::usual && one.manner == class_.manner) {
                    return false;
                }
            }
        }
        return listed && !(key == "ensure_multiple_of" && value == Json(1));
    }

    Result<void> refuseForeignSteps() const {
        for (const auto& [key, value] : json_.items()) {
            const bool off = value.is_null() || value == Json(false);
            if (!off && isForeign(key, value)) {
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
        const bool resized = step("do_resize", true);
        const bool cropped = step("do_center_crop", class_.cropped);
        const bool padded = step("do_pad", false);
        reader_.boolean("do_convert_rgb", true);  // every picture is RGB here
        const bool square =
            step("default_to_square", class_.manner == Manner::siglip ? !has(json_, "size") : !class_.shortest);
        out_.filter =
            static_cast<ResizeFilter>(reader_.integer("resample", static_cast<std::int64_t>(class_.filter), 0, 5));
        MASKWRIGHT_TRY(reader_.status());
        if (!resized) {
            return refused("do_resize", "set it to true and give the size that the model was trained with");
        }
        // What such a filter makes of floats it makes of bytes too, but for what lies outside their range.
        if (class_.manner == Manner::inFloats &&
            (out_.filter == ResizeFilter::bicubic || out_.filter == ResizeFilter::lanczos)) {
            return refused("resample", "choose a model whose pictures are resized with another filter");
        }
        const auto size = sizeOf("size", class_.size, !square);
        if (!size) {
            return size.error();
        }
        if (class_.manner == Manner::convNext) {
            MASKWRIGHT_TRY(readConvNext(*size));
        } else if (!cropped) {
            if (keepsMargin()) {
                return refused("do_center_crop", squareAdvice());
            }
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

    // PoolFormer resizes the shorter side to more than any size says, unless crop_pct is null.
    [[nodiscard]] bool keepsMargin() const {
        return class_.manner == Manner::poolFormer && !(json_.contains("crop_pct") && !has(json_, "crop_pct"));
    }

    // What is resized before the crop: more than the size says, for some.
    Result<std::int64_t> beforeCrop(std::int64_t shorter) {
        if (class_.manner == Manner::levit) {
            return static_cast<std::int64_t>((256.0 / 224.0) * static_cast<double>(shorter));
        }
        const double part = reader_.number("crop_pct", class_.manner == Manner::convNext ? 0.875 : 0.9, 0.1, 1);
        MASKWRIGHT_TRY(reader_.status());
        return static_cast<std::int64_t>(static_cast<double>(shorter) / part);
    }

    Result<void> readConvNext(const Size& size) {
        constexpr std::int64_t kWarped = 384;  // from here on the whole picture is made a square
        if (size.shortestEdge == 0) {
            return damaged(message("%1 has no %2", verbatim("size"), verbatim("shortest_edge")));
        }
        out_.side = size.shortestEdge;
        if (out_.side < kWarped) {
            const auto shorter = beforeCrop(size.shortestEdge);
            if (!shorter) {
                return shorter.error();
            }
            out_.shortestEdge = *shorter;
        }
        return {};
    }

    Result<void> readCrop(Size size) {
        // Then it takes a square size for the shorter side's too.
        if (keepsMargin() && size.shortestEdge == 0) {
            if (size.height != size.width) {
                return damaged("size is not a square");
            }
            size = {0, 0, size.height};
        }
        if (size.shortestEdge != 0 && (class_.manner == Manner::levit || keepsMargin())) {
            const auto shorter = beforeCrop(size.shortestEdge);
            if (!shorter) {
                return shorter.error();
            }
            size.shortestEdge = *shorter;
        }
        const auto crop = sizeOf("crop_size", class_.crop, false);
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
        const bool normalize = step("do_normalize", class_.normalized);
        double factor = reader_.number("rescale_factor", class_.factor, 1e-6, 1e6);
        const bool rescale = step("do_rescale", true);
        const bool again = class_.manner == Manner::efficientNet && step("include_top", true);
        const bool offset = (class_.manner == Manner::efficientNet && step("rescale_offset", false)) ||
                            (class_.manner == Manner::vivit && step("offset", true));
        if (!rescale) {
            factor = 1;
        }
        MASKWRIGHT_TRY(reader_.status());
        std::array<double, 3> mean = {0, 0, 0}, deviation = {1, 1, 1}, given = class_.deviation;
        if (normalize) {
            mean = class_.mean;
            if (!readChannels("image_mean", -1000, 1000, mean)) {
                return damaged("image_mean is not three numbers between -1000 and 1000");
            }
        }
        if (normalize || again) {
            if (!readChannels("image_std", 1e-6, 1e6, given)) {
                return damaged("image_std is not three numbers above 0");
            }
        }
        for (std::size_t i = 0; i < 3; ++i) {
            mean[i] += offset && rescale ? 1 : 0;
            deviation[i] = (normalize ? given[i] : 1) * (again ? given[i] : 1);
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
    ImageProcessor class_ = kPublished;
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
        const auto part = [&](const char* key) {
            return json->is_object() && has(*json, key) ? &json->at(key) : nullptr;
        };
        if (const Json* nested = part("image_processor")) {
            return readPreprocessing(*nested, files.processor);
        }
        // Before transformers 5 it had none, and the other file counts; where there is none, nothing in this one is
        // passed over.
        if (files.preprocessor.empty()) {
            const Json* old = part("feature_extractor");
            return readPreprocessing(old != nullptr ? *old : *json, files.processor);
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
