#include "core/image_io/endings.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace maskwright::image_io {
namespace {

// jfif, jpe and mpo are JPEG (an mpo holds further pictures behind the first), hif is HEIC as some cameras name it.
constexpr std::array<Ending, 15> kEndings = {{{"png", true},
                                              {"jpg"},
                                              {"jpeg"},
                                              {"webp", true},
                                              {"bmp", true},
                                              {"tif", true},
                                              {"tiff", true},
                                              {"gif", true},
                                              {"heic"},
                                              {"heif"},
                                              {"avif"},
                                              {"jfif"},
                                              {"jpe"},
                                              {"mpo"},
                                              {"hif"}}};

}  // namespace

std::span<const Ending> endings() { return kEndings; }

std::string endingOf(std::string_view path) {
    std::string ending = std::filesystem::path(path).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return ending;
}

bool hasPictureEnding(std::string_view path) {
    const std::string ending = endingOf(path);
    return ending.size() > 1 && std::any_of(kEndings.begin(), kEndings.end(), [&](const Ending& known) {
               return std::string_view(ending).substr(1) == known.text;
           });
}

std::string dialogPatterns(bool masksOnly) {
    std::string patterns;
    for (const Ending& ending : kEndings) {
        if (ending.forMasks || !masksOnly) {
            patterns += (patterns.empty() ? "*." : " *.") + std::string(ending.text);
        }
    }
    return patterns;
}

}  // namespace maskwright::image_io
