// The pictures of tests/reference/make_image_io_fixtures.py, and a folder of one's own for a test's files.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/image_io/image_io.h"
#include "tests/support/paths.h"

namespace maskwright::image_io {

inline constexpr int kWidth = 32, kHeight = 16;

inline std::string fixture(const std::string& name) {
    return test::sourcePath("tests/unit/core/image_io/fixtures/") + name;
}

// The script's pattern().
inline Image pattern() {
    Image image(kWidth, kHeight);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            std::uint8_t* pixel = image.at(x, y);
            pixel[0] = static_cast<std::uint8_t>(x * 8);
            pixel[1] = static_cast<std::uint8_t>(y * 16);
            pixel[2] = static_cast<std::uint8_t>(255 - x * 4 - y * 4);
        }
    }
    return image;
}

inline std::string bytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline Result<Picture> readText(const std::string& bytes, const ReadOptions& options = {}) {
    return readBytes(std::as_bytes(std::span(bytes)), "picture", options);
}

inline void expectNear(const Image& actual, const Image& expected, int tolerance) {
    ASSERT_EQ(actual.width, expected.width);
    ASSERT_EQ(actual.height, expected.height);
    for (std::size_t i = 0; i < actual.pixels.size(); ++i) {
        ASSERT_LE(std::abs(actual.pixels[i] - expected.pixels[i]), tolerance)
            << "value " << i << ": " << int{actual.pixels[i]} << " for " << int{expected.pixels[i]};
    }
}

class Folder {
  public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "maskwright-image-io-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
    }

  private:
    std::filesystem::path path_;
};

inline void writeText(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace maskwright::image_io
