// The tiny models of tests/reference/clipseg as model folders, and what the reference computes with them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/image/image.h"
#include "core/weights/safetensors.h"
#include "tests/support/paths.h"

namespace maskwright::test {

namespace fs = std::filesystem;

// A folder of this test's own, gone with it.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "maskwright-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("no temporary folder");
        }
        path_ = name;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

inline fs::path reference() { return sourcePath("tests/reference"); }

// A writable copy of a fixture model ("refined", "plain", "lite") with its vocabulary.
inline std::string copyModel(const TemporaryFolder& folder, const std::string& name) {
    const fs::path to = folder.path() / name;
    fs::create_directories(to);
    for (const char* file : {"config.json", "preprocessor_config.json", "model.safetensors"}) {
        fs::copy_file(reference() / "clipseg" / name / file, to / file);
    }
    for (const char* file : {"vocab.json", "merges.txt"}) {
        fs::copy_file(reference() / "bpe" / file, to / file);
    }
    return to.string();
}

inline void writeText(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

// Gives a model folder a list of the words it knows.
inline void giveWords(const std::string& folder, const std::string& list) {
    const fs::path config = fs::path(folder) / "config.json";
    std::ifstream file(config, std::ios::binary);
    std::string json{std::istreambuf_iterator<char>(file), {}};
    file.close();
    writeText(config, json.replace(json.find('{'), 1, "{\"known_words\": true,"));
    writeText(fs::path(folder) / "words.txt", list);
}

inline std::string readText(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

template <class T>
typename Result<T>::Value valueOf(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().line());
    }
    return std::move(*result);
}

// What the reference computed. Throws where a tensor is missing: the fixture is part of the test.
class Expected {
  public:
    explicit Expected(const fs::path& file) : file_(valueOf(weights::SafetensorsFile::open(file.string()))) {}

    [[nodiscard]] std::vector<float> floats(const std::string& name) const { return valueOf(file_.readFloats(name)); }
    [[nodiscard]] std::vector<std::int64_t> shape(const std::string& name) const {
        return file_.tensors().at(name).shape;
    }
    [[nodiscard]] std::vector<std::int64_t> integers(const std::string& name) const {
        const auto& info = file_.tensors().at(name);
        std::vector<std::int64_t> values(static_cast<std::size_t>(info.count()));
        valueOf(file_.read(info, std::as_writable_bytes(std::span(values))));
        return values;
    }
    [[nodiscard]] std::vector<std::uint8_t> bytes(const std::string& name) const {
        const auto& info = file_.tensors().at(name);
        std::vector<std::uint8_t> values(static_cast<std::size_t>(info.count()));
        valueOf(file_.read(info, std::as_writable_bytes(std::span(values))));
        return values;
    }
    // [h, w, 3] of bytes.
    [[nodiscard]] Image picture(const std::string& name) const {
        const auto& info = file_.tensors().at(name);
        Image image(static_cast<int>(info.shape.at(1)), static_cast<int>(info.shape.at(0)));
        valueOf(file_.read(info, std::as_writable_bytes(std::span(image.pixels))));
        return image;
    }

  private:
    weights::SafetensorsFile file_;
};

inline Expected expected(const std::string& name) {
    return Expected(reference() / "clipseg" / name / "expected.safetensors");
}

// How far numbers may lie apart. Against the reference implementation, on logits and embeddings of size 1 to 10:
inline constexpr double kParity = 1e-4;          // tiny checkpoints
inline constexpr double kParityTrueSize = 5e-4;  // true size
// Between two right ways to the same float32 numbers (another kernel, number of threads, size of a batch): sums run in
// another order, and what that changes is a part of the largest number. Ten and more times what six kernels of OpenBLAS
// with one and two threads showed for a layer or a tower, five times for logits, which a whole network lies behind.
inline constexpr double kRounding = 1e-5;
inline constexpr double kLogitRounding = 5e-5;
// Of a probability: a sigmoid's slope is at most a quarter, its logits here at most 10.
inline constexpr double kProbabilityRounding = 1.25e-4;

// The largest difference; lengths must agree.
template <class A, class B>
double largestDifference(const A& a, const B& b) {
    EXPECT_EQ(std::size(a), std::size(b));
    double largest = 0;
    for (std::size_t i = 0; i < std::min(std::size(a), std::size(b)); ++i) {
        const double difference = std::abs(double(a[i]) - double(b[i]));
        largest = difference > largest || std::isnan(difference) ? difference : largest;
    }
    return largest;
}

// The largest difference as a part of the largest number that is wanted.
template <class A, class B>
double relativeDifference(const A& found, const B& wanted) {
    double size = 0;
    for (const auto& value : wanted) {
        size = std::max(size, std::abs(double(value)));
    }
    return largestDifference(found, wanted) / size;
}

}  // namespace maskwright::test
