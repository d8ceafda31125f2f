#include "app/cli/common.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <optional>

namespace maskwright::cli {

namespace {

// Four whole numbers between commas.
std::optional<std::array<int, 4>> fourNumbers(const std::string& text) {
    std::array<int, 4> numbers{};
    const char* at = text.data();
    const char* end = text.data() + text.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto [next, error] = std::from_chars(at, end, numbers[i]);
        if (error != std::errc() || (i < 3 ? next == end || *next != ',' : next != end)) {
            return std::nullopt;
        }
        at = next + 1;
    }
    return numbers;
}

bool onlyNumberCharacters(const std::string& text) {
    return text.find_first_not_of("0123456789,.+- ") == std::string::npos;
}

}  // namespace

bool isTerminal() { return isatty(STDERR_FILENO) != 0; }

void warn(const std::string& text) { std::cerr << "maskwright-cli: warning: " + text + "\n"; }

void warnAll(const std::vector<Message>& warnings) {
    for (const Message& warning : warnings) {
        warn(warning.text());
    }
}

std::string dump(const OrderedJson& json) { return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace); }

Result<std::unique_ptr<session::Engine>> openEngine(const ModelArguments& arguments) {
    auto engine = session::Engine::open(
        {arguments.model, arguments.device, arguments.dtype, arguments.threads, arguments.memory},
        [](const Message& said) { warn(said.text()); });
    // Where oneDNN multiplies, a slow BLAS has nothing to do.
    if (engine && (*engine)->info().slowBlas && (*engine)->info().device == "cpu" &&
        (*engine)->info().products != "oneDNN") {
        const session::ModelInfo& info = (*engine)->info();
        warn(info.blasKernel.empty() ? "LibTorch runs on a slow BLAS (" + info.blas +
                                           "), some fifty times slower; install libopenblas0-pthread"
                                     : "LibTorch runs on " + info.blas + "'s code for an old processor (" +
                                           info.blasKernel + "), many times slower; install a newer " + info.blas);
    }
    if (engine && (*engine)->info().capabilities.middleOnly) {
        warn("the model " + (*engine)->info().name +
             " searches only the middle of a picture, as its folder asks (do_center_crop); segment --keep-aspect "
             "searches all of it");
    }
    return engine;
}

image_io::ReadOptions readOptions(double maxMegapixels, std::array<std::uint8_t, 3> background) {
    image_io::ReadOptions options;
    options.maxPixels = static_cast<std::int64_t>(maxMegapixels * 1e6);
    options.background = background;
    return options;
}

Result<std::array<std::uint8_t, 3>> parseColour(const std::string& text) {
    const std::string digits = text.starts_with('#') ? text.substr(1) : text;
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 6 || error != std::errc() || end != digits.data() + digits.size()) {
        return Error{ErrorKind::usage, message("the colour %1 is not six hexadecimal digits", quoted(text)),
                     "white is ffffff"};
    }
    return std::array<std::uint8_t, 3>{static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
                                       static_cast<std::uint8_t>(value)};
}

namespace {

Result<Mask> boxRegion(const std::array<int, 4>& box, const Marked& marked, const Image& picture,
                       const std::string& size) {
    const auto [x, y, width, height] = box;
    if (marked.label) {
        return Error{ErrorKind::usage, message("the region %1 is a box, which has no labels", quoted(marked.region)),
                     "give a mask picture, or no --region-label"};
    }
    if (width < 1 || height < 1) {
        return Error{ErrorKind::usage, message("the region %1 has no width or no height", quoted(marked.region)),
                     "give x,y,width,height in pixels"};
    }
    const std::int64_t left = std::max(x, 0), top = std::max(y, 0);
    const std::int64_t right = std::min<std::int64_t>(std::int64_t(x) + width, picture.width);
    const std::int64_t bottom = std::min<std::int64_t>(std::int64_t(y) + height, picture.height);
    if (left >= right || top >= bottom) {
        return Error{ErrorKind::input,
                     message("the region %1 lies outside the picture %2, which is %3", quoted(marked.region),
                             quoted(marked.picture), size),
                     "give x,y,width,height in its pixels"};
    }
    Mask mask(picture.width, picture.height);
    for (std::int64_t row = top; row < bottom; ++row) {
        const auto from = mask.pixels.begin() + row * picture.width;
        std::fill(from + left, from + right, std::uint8_t(255));
    }
    return mask;
}

}  // namespace

Result<Mask> readRegion(const Marked& marked, const Image& picture, const image_io::ReadOptions& options) {
    const std::string size = std::to_string(picture.width) + "x" + std::to_string(picture.height);
    if (const auto box = fourNumbers(marked.region)) {
        return boxRegion(*box, marked, picture, size);
    }
    std::error_code ignored;
    if (std::filesystem::is_directory(marked.region, ignored)) {
        return Error{ErrorKind::input, message("the region %1 is a folder", quoted(marked.region)),
                     "give a mask picture, or x,y,width,height in pixels"};
    }
    if (onlyNumberCharacters(marked.region) && !std::filesystem::exists(marked.region, ignored)) {
        return Error{ErrorKind::usage, message("the region %1 is not four whole numbers", quoted(marked.region)),
                     "give x,y,width,height in pixels, or a mask picture"};
    }
    const auto file = image_io::readMaskFile(marked.region, options);
    if (!file) {
        return file.error();
    }
    if (file->labels.width != picture.width || file->labels.height != picture.height) {
        return Error{
            ErrorKind::input,
            message("the mask %1 is %2x%3 but its picture %4 is %5", quoted(marked.region), file->labels.width,
                    file->labels.height, quoted(marked.picture), size),
            marked.orientation >= 5 && file->labels.width == picture.height && file->labels.height == picture.width
                ? Message("the picture is turned by its EXIF orientation: turn the mask, too")
                : Message("give a mask of the picture's size")};
    }
    warnAll(file->warnings);
    if (marked.mayBeEmpty && !marked.label && file->areas.empty()) {
        return Mask(picture.width, picture.height);
    }
    return image_io::chooseRegion(*file, marked.region, marked.label);
}

Result<std::vector<session::SupportRegion>> readSupport(const SupportArguments& support,
                                                        const std::string& fallbackImage,
                                                        const visual_prompt::Style& style,
                                                        const image_io::ReadOptions& options, const char* option) {
    std::vector<std::string> images = support.images;
    if (images.empty() && !support.regions.empty()) {
        if (fallbackImage.empty()) {
            return Error{ErrorKind::usage, message("a region without %1 needs exactly one picture", option),
                         message("name the marked picture with %1", option)};
        }
        images = {fallbackImage};
    }
    if (images.size() == 1) {
        images.resize(std::max<std::size_t>(1, support.regions.size()), images.front());
    }
    if (images.size() != support.regions.size()) {
        return Error{ErrorKind::usage,
                     message("%1 support pictures were given with %2 regions", images.size(), support.regions.size()),
                     "give one region a picture, or one picture for all regions"};
    }
    struct Opened {
        std::shared_ptr<const Image> image;
        int orientation = 1;
    };
    std::map<std::string, Opened> opened;
    std::vector<session::SupportRegion> regions;
    for (std::size_t i = 0; i < images.size(); ++i) {
        auto& [image, orientation] = opened[images[i]];
        if (!image) {
            auto picture = image_io::read(images[i], options);
            if (!picture) {
                return picture.error();
            }
            warnAll(picture->warnings);
            image = std::make_shared<const Image>(std::move(picture->image));
            orientation = picture->orientation;
        }
        auto mask = readRegion({support.regions[i], images[i], support.label, false, orientation}, *image, options);
        if (!mask) {
            return mask.error();
        }
        regions.push_back({image, std::make_shared<const Mask>(std::move(*mask)), style, 1.0});
    }
    return regions;
}

double milliseconds(double value) { return std::round(value * 100) / 100; }

}  // namespace maskwright::cli
