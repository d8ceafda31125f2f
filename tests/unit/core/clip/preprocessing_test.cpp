#include "core/clip/preprocessing.h"

#include <gtest/gtest.h>

namespace maskwright::clip {
namespace {

TEST(Preprocessing, DefaultsAreThePublishedCheckpoints) {
    const auto read = readPreprocessing(Json::object(), "p.json");
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->mean, kImageNetMean);
    EXPECT_EQ(read->deviation, kImageNetStd);
    EXPECT_TRUE(read->bilinear);
}

TEST(Preprocessing, MeanAndDeviationAreTheFiles) {
    const auto read =
        readPreprocessing(Json::parse(R"({"image_mean": [0.1, 0.2, 0.3], "image_std": 0.5, "resample": 3})"), "p.json");
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->mean, (std::array<float, 3>{0.1f, 0.2f, 0.3f}));
    EXPECT_EQ(read->deviation, (std::array<float, 3>{0.5f, 0.5f, 0.5f}));
    EXPECT_FALSE(read->bilinear);
}

// (byte * factor - mean) / deviation, whatever is switched off.
TEST(Preprocessing, FactorAndSwitches) {
    const struct {
        const char* json;
        float of255;
    } cases[] = {
        {R"({"image_mean": [10, 10, 10], "image_std": [2, 2, 2], "do_rescale": false})", 122.5f},
        {R"({"image_mean": [1, 1, 1], "image_std": [2, 2, 2], "rescale_factor": 0.00784313725490196})", 0.5f},
        {R"({"do_normalize": false, "image_mean": "unread"})", 1.0f},
        {R"({"do_normalize": false, "do_rescale": false})", 255.0f},
    };
    for (const auto& c : cases) {
        const auto read = readPreprocessing(Json::parse(c.json), "p.json");
        ASSERT_TRUE(read.ok()) << c.json;
        Image white(1, 1);
        white.pixels = {255, 255, 255};
        EXPECT_NEAR(normalize(white, read->mean, read->deviation).values[1], c.of255, 1e-4f) << c.json;
    }
}

TEST(Preprocessing, MistakesAreNamed) {
    const std::pair<const char*, const char*> cases[] = {
        {"[]", "JSON object"},
        {R"({"image_mean": "grey"})", "image_mean"},
        {R"({"image_mean": [0.5, 0.5]})", "image_mean"},
        {R"({"image_mean": [0.5, 0.5, 1e300]})", "image_mean"},
        {R"({"image_std": [0.2, 0, 0.2]})", "image_std"},
        {R"({"image_std": [0.2, null, 0.2]})", "image_std"},
        {R"({"rescale_factor": 0})", "rescale_factor"},
        {R"({"do_normalize": 1})", "do_normalize"},
        {R"({"resample": "bilinear"})", "resample"},
    };
    for (const auto& [json, named] : cases) {
        const auto read = readPreprocessing(Json::parse(json), "p.json");
        ASSERT_FALSE(read.ok()) << json;
        EXPECT_EQ(read.error().kind, ErrorKind::weights);
        EXPECT_NE(read.error().what.text().find(named), std::string::npos) << read.error().what.text();
    }
}

}  // namespace
}  // namespace maskwright::clip
