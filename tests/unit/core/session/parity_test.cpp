// The engine against Hugging Face transformers at true size, where the reference material lies beside the project and
// python3 has numpy to make its seeded checkpoints. The small cases that need neither are in engine_test.cpp.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "core/image/resize.h"
#include "core/session/clipseg_method.h"
#include "core/session/engine.h"
#include "tests/support/model_fixture.h"
#include "tests/support/paths.h"

namespace maskwright::session {
namespace {

struct Case {
    const char* name;
    int seed;
    double tolerance;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name << " " << c.seed; }

// The 8-bit picture that picture number 0 of a normalised tensor was made from.
Image pictureOf(const test::Expected& expected, const std::string& name) {
    const std::vector<float> values = expected.floats(name);
    const std::vector<std::int64_t> shape = expected.shape(name);
    Image image(static_cast<int>(shape.at(3)), static_cast<int>(shape.at(2)));
    const std::size_t count = image.pixels.size() / 3;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t c = 0; c < 3; ++c) {
            const float value = (values[c * count + i] * kImageNetStd[c] + kImageNetMean[c]) * 255;
            image.pixels[i * 3 + c] = static_cast<std::uint8_t>(std::lround(value));
        }
    }
    return image;
}

class Reference : public testing::TestWithParam<Case> {};

TEST_P(Reference, EveryNumberIsTheReferences) {
    const auto& [name, seed, tolerance] = GetParam();
    const test::fs::path shared = test::sharedPath("reference");
    const test::fs::path file = shared / "expected" / (std::string(name) + "-" + std::to_string(seed) + ".safetensors");
    if (!test::fs::exists(file)) {
        GTEST_SKIP() << "no reference material at " << shared;
    }
    const test::TemporaryFolder place;
    const std::string folder = (place.path() / "model").string();
    const char* python = std::getenv("MASKWRIGHT_PYTHON");
    const std::string command = std::string(python != nullptr ? python : "python3") + " '" +
                                (shared / "seeded_model.py").string() + "' " + name + " " + std::to_string(seed) +
                                " '" + folder + "' > /dev/null 2>&1";
    if (std::system(command.c_str()) != 0) {
        GTEST_SKIP() << "python3 with numpy is needed to make the checkpoint";
    }
    for (const char* vocabulary : {"vocab.json", "merges.txt"}) {
        test::fs::copy_file(shared / "clip-bpe" / vocabulary, test::fs::path(folder) / vocabulary);
    }
    const test::Expected expected(file);
    const auto opened = Engine::open({folder, "cpu", "float32", 0});
    ASSERT_TRUE(opened.ok()) << opened.error().line();
    ClipSegMethod& clipseg = *(*opened)->clipseg();

    const Image picture = pictureOf(expected, "pixel_values");
    const auto encoded = clipseg.encode(picture, {picture.width, false});
    ASSERT_TRUE(encoded.ok()) << encoded.error().line();
    std::vector<Condition> conditions;
    const std::vector<std::int64_t> ids = expected.integers("input_ids");
    const std::vector<float> embeds = expected.floats("text_embeds");
    for (const char* phrase : {"a cat", "the coffee cup on the left", "고양이"}) {
        const auto tokens = clipseg.tokenize(phrase);
        ASSERT_TRUE(tokens.ok());
        const std::size_t row = conditions.size();
        EXPECT_TRUE(std::equal(tokens->begin(), tokens->end(), ids.begin() + static_cast<std::ptrdiff_t>(row * 77)));
        auto condition = clipseg.textCondition(phrase);
        ASSERT_TRUE(condition.ok());
        const std::size_t width = condition->values.size();
        for (std::size_t i = 0; i < width; ++i) {
            EXPECT_NEAR(condition->values[i], embeds[row * width + i], tolerance);
        }
        conditions.push_back(std::move(*condition));
    }
    auto support = clipseg.imageCondition(pictureOf(expected, "support_pixel_values"));
    ASSERT_TRUE(support.ok()) << support.error().line();
    EXPECT_LT(test::largestDifference(support->values, expected.floats("support_embeds")), tolerance);
    Condition mixed = conditions[0];
    for (std::size_t i = 0; i < mixed.values.size(); ++i) {
        mixed.values[i] = 0.3f * support->values[i] + 0.7f * mixed.values[i];
    }
    conditions.push_back(std::move(*support));
    conditions.push_back(std::move(mixed));

    const auto logits = clipseg.decode(*encoded, conditions, Resolution::head);
    ASSERT_TRUE(logits.ok()) << logits.error().line();
    std::vector<float> text;
    for (std::size_t i = 0; i < 3; ++i) {
        const std::vector<float>& map = (*logits)[i].values.pixels;
        text.insert(text.end(), map.begin(), map.end());
    }
    EXPECT_LT(test::largestDifference(text, expected.floats("logits")), tolerance);
    EXPECT_LT(test::largestDifference((*logits)[3].values.pixels, expected.floats("support_logits")), tolerance);
    EXPECT_LT(test::largestDifference((*logits)[4].values.pixels, expected.floats("mixed_logits")), tolerance);

    // bfloat16 finds the same regions, its conditions made by itself.
    const auto rough = Engine::open({folder, "cpu", "bfloat16", 0});
    ASSERT_TRUE(rough.ok()) << rough.error().line();
    ClipSegMethod& rounded = *(*rough)->clipseg();
    const auto again = rounded.encode(picture, {picture.width, false});
    ASSERT_TRUE(again.ok()) << again.error().line();
    std::vector<Condition> own;
    for (const char* phrase : {"a cat", "the coffee cup on the left", "고양이"}) {
        own.push_back(*rounded.textCondition(phrase));
    }
    const auto maps = rounded.decode(*again, own, Resolution::head);
    ASSERT_TRUE(maps.ok()) << maps.error().line();
    for (std::size_t k = 0; k < own.size(); ++k) {
        double both = 0, either = 0;
        for (std::size_t i = 0; i < (*maps)[k].values.pixels.size(); ++i) {
            const bool a = (*logits)[k].values.pixels[i] > 0, b = (*maps)[k].values.pixels[i] > 0;
            both += a && b ? 1 : 0;
            either += a || b ? 1 : 0;
        }
        EXPECT_GE(both, 0.97 * either) << "phrase " << k;
    }
}

// Two correct float32 implementations differ by less.
INSTANTIATE_TEST_SUITE_P(TrueSize, Reference,
                         testing::Values(Case{"tiny", 3, test::kParity}, Case{"tiny-plain", 4, test::kParity},
                                         Case{"rd64-refined", 7, test::kParityTrueSize}),
                         [](const auto& test) {
                             std::string name = test.param.name;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace maskwright::session
