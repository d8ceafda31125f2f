// Every image processor that a CLIPSeg folder may be saved with, against transformers
// (tests/reference/make_processor_fixtures.py).
#include <gtest/gtest.h>

#include "core/clip/framing.h"
#include "tests/support/model_fixture.h"

namespace maskwright::clip {
namespace {

class Processors : public testing::TestWithParam<const char*> {};

TEST_P(Processors, PixelsAreTheReferences) {
    const std::string name = GetParam();
    const test::fs::path folder = test::reference() / "processors";
    const test::Expected expected(folder / "expected.safetensors");
    const std::string file = (folder / (name + ".json")).string();
    const Json json = test::valueOf(readJsonFile(file, ErrorKind::weights));
    const auto read = readPreprocessing(json.at("image_processor"), file);
    ASSERT_TRUE(read.ok()) << read.error().line();
    const Image picture = expected.picture("picture");
    const Framing framing = frame(*read, picture.width, picture.height, read->side);
    const Planar pixels = normalize(framed(picture, framing, read->filter), read->mean, read->deviation);
    EXPECT_EQ(expected.shape(name + ".pixels"), (std::vector<std::int64_t>{3, pixels.height, pixels.width}));
    // Pillow's bytes are met exactly, torchvision's within 1.
    const bool pillow = name != "vit" && name != "clip" && name != "deit" && name != "clip-padded";
    const double byte = 1 / (255 * *std::min_element(read->deviation.begin(), read->deviation.end()));
    EXPECT_LT(test::largestDifference(pixels.values, expected.floats(name + ".pixels")), pillow ? 1e-5 : 1.01 * byte);
}

// Every class whose steps are done here, as it saves itself.
TEST(ProcessorClasses, PixelsAreTheReferences) {
    const test::fs::path folder = test::reference() / "processors";
    const test::Expected picture(folder / "expected.safetensors"), expected(folder / "classes.safetensors");
    const Json classes = test::valueOf(readJsonFile((folder / "classes.json").string(), ErrorKind::weights));
    ASSERT_GT(classes.size(), 110u);
    for (const auto& [name, json] : classes.items()) {
        SCOPED_TRACE(name);
        const auto read = readPreprocessing(json, "p.json");
        ASSERT_TRUE(read.ok()) << read.error().line();
        const Image drawn = picture.picture("picture");
        const Framing framing = frame(*read, drawn.width, drawn.height, read->side);
        const Planar pixels = normalize(framed(drawn, framing, read->filter), read->mean, read->deviation);
        ASSERT_EQ(expected.shape(name), (std::vector<std::int64_t>{3, pixels.height, pixels.width}));
        // Pillow's bytes are met exactly, torchvision's within 1.
        const bool pillow = name.find("Pil-") != std::string::npos || name == "VideoLlava-1";
        const double byte = 1 / (255 * *std::min_element(read->deviation.begin(), read->deviation.end()));
        EXPECT_LT(test::largestDifference(pixels.values, expected.floats(name)), byte * (pillow ? 1e-3 : 1.01));
    }
}

INSTANTIATE_TEST_SUITE_P(Transformers, Processors,
                         testing::Values("vit", "vit-pil", "vit-int", "clip", "clip-pil", "clip-even", "clip-padded",
                                         "clip-uncut", "deit", "siglip-pil", "nearest", "box", "hamming"),
                         [](const auto& test) {
                             std::string name = test.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace maskwright::clip
