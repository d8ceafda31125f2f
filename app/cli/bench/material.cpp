#include "app/cli/bench/material.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "core/base/file.h"

namespace maskwright::cli::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::array kSizes = {"small", "large",  "long", "round", "old",  "new",
                               "clean", "broken", "open", "flat",  "tall", "thin"};
constexpr std::array kColours = {"red",   "blue", "green", "white",  "black",  "yellow",
                                 "brown", "grey", "pink",  "orange", "silver", "purple"};
constexpr std::array kThings = {"cup",  "chair", "dog",  "car",  "tree",  "bottle",
                                "book", "shoe",  "lamp", "bird", "table", "bag"};

struct Shape {
    double x, y, radius;  // parts of the picture's width, height and shorter side
    std::array<std::uint8_t, 3> colour;
};
constexpr Shape kShapes[] = {{0.3, 0.4, 0.2, {200, 60, 40}},
                             {0.7, 0.35, 0.15, {40, 90, 190}},
                             {0.55, 0.75, 0.18, {230, 200, 60}},
                             {0.15, 0.8, 0.1, {30, 130, 70}},
                             {0.88, 0.8, 0.08, {240, 240, 240}}};

}  // namespace

Image drawnPicture(int width, int height) {
    Image image(width, height);
    std::uint32_t grain = 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            std::array<std::uint8_t, 3> colour = {static_cast<std::uint8_t>(60 + 100 * y / height),
                                                  static_cast<std::uint8_t>(90 + 80 * x / width), 120};
            for (const Shape& shape : kShapes) {
                const double dx = x - shape.x * width, dy = y - shape.y * height;
                if (std::hypot(dx, dy) < shape.radius * std::min(width, height)) {
                    colour = shape.colour;
                }
            }
            grain = grain * 1664525 + 1013904223;  // Numerical Recipes' generator
            for (int c = 0; c < 3; ++c) {
                image.at(x, y)[c] = static_cast<std::uint8_t>(
                    std::clamp(colour[static_cast<std::size_t>(c)] + static_cast<int>(grain >> 29) - 4, 0, 255));
            }
        }
    }
    return image;
}

std::string phrase(int number) {
    const auto n = static_cast<std::size_t>(number);
    return std::string(kSizes[n / (kColours.size() * kThings.size()) % kSizes.size()]) + " " +
           kColours[n / kThings.size() % kColours.size()] + " " + kThings[n % kThings.size()];
}

std::vector<std::string> phrases(int first, int count) {
    std::vector<std::string> all;
    for (int i = 0; i < count; ++i) {
        all.push_back(phrase(first + i));
    }
    return all;
}

Image variant(const Image& picture, int number) {
    Image image = picture;
    for (std::size_t i = 0; i < std::min<std::size_t>(4, image.pixels.size()); ++i) {
        image.pixels[i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    return image;
}

Mask markedOval(const Image& picture, int number) {
    Mask mask(picture.width, picture.height);
    const double centre = 0.5 + 0.01 * (number % 20), half = 0.2 + 0.005 * (number / 20 % 40);
    for (int y = 0; y < mask.height; ++y) {
        for (int x = 0; x < mask.width; ++x) {
            const double dx = (x / double(mask.width) - centre) / 0.2, dy = (y / double(mask.height) - 0.5) / half;
            mask.at(x, y) = dx * dx + dy * dy < 1 ? 255 : 0;
        }
    }
    return mask;
}

Result<Scratch> Scratch::make() {
    std::error_code failed;
    std::string name = (fs::temp_directory_path(failed) / "maskwright-bench-XXXXXX").string();
    if (failed || mkdtemp(name.data()) == nullptr) {
        return Error{ErrorKind::output,
                     message("cannot make a folder in %1: %2", quoted(fs::path(name).parent_path().string()),
                             systemReason(failed ? failed.value() : errno)),
                     "name one with room in TMPDIR"};
    }
    return Scratch(name);
}

Scratch::Scratch(Scratch&& other) noexcept : folder_(std::exchange(other.folder_, "")) {}

Scratch::~Scratch() {
    std::error_code ignored;
    if (!folder_.empty()) {
        fs::remove_all(folder_, ignored);
    }
}

std::string Scratch::path(const std::string& name) const { return (fs::path(folder_) / name).string(); }

std::string Scratch::emptyFolder(const std::string& name) const {
    std::error_code ignored;
    fs::remove_all(path(name), ignored);
    fs::create_directories(path(name), ignored);
    return path(name);
}

}  // namespace maskwright::cli::bench
