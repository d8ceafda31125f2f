#include "core/clip/preprocessing.h"

#include <gtest/gtest.h>

#include "tests/support/model_fixture.h"

namespace maskwright::clip {
namespace {

namespace fs = std::filesystem;

TEST(Preprocessing, DefaultsAreThePublishedCheckpoints) {
    const auto read = readPreprocessing(Json::object(), "p.json");
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->mean, kImageNetMean);
    EXPECT_EQ(read->deviation, kImageNetStd);
    EXPECT_EQ(read->filter, ResizeFilter::bilinear);
    EXPECT_EQ(read->side, 0);
    EXPECT_FALSE(read->cropped());
}

TEST(Preprocessing, MeanAndDeviationAreTheFiles) {
    const auto read =
        readPreprocessing(Json::parse(R"({"image_mean": [0.1, 0.2, 0.3], "image_std": 0.5, "resample": 3})"), "p.json");
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->mean, (std::array<float, 3>{0.1f, 0.2f, 0.3f}));
    EXPECT_EQ(read->deviation, (std::array<float, 3>{0.5f, 0.5f, 0.5f}));
    EXPECT_EQ(read->filter, ResizeFilter::bicubic);
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
        {R"({"resample": 6})", "resample"},
        {R"({"do_convert_rgb": "yes"})", "do_convert_rgb"},
        {R"({"size": {"height": 352, "width": 224}})", "size is not a square"},
        {R"({"size": -1})", "size"},
        {R"({"size": 1e9})", "size"},
        {R"({"size": "big"})", "size"},
        {R"({"size": {}})", "size"},
        {R"({"size": 8})", "size"},
        {R"({"size": 100000000000000000000000000000})", "size"},
        {R"({"size": {"height": 352}})", "size"},
        {R"({"crop_size": "big", "do_center_crop": true, "size": 224})", "crop_size"},
        {R"({"do_center_crop": true, "size": 224})", "crop_size"},
        {R"({"do_center_crop": true, "crop_size": 224})", "there is no size"},
        {R"({"pad_size": 8, "do_pad": true})", "pad_size"},
    };
    for (const auto& [json, named] : cases) {
        const auto read = readPreprocessing(Json::parse(json), "p.json");
        ASSERT_FALSE(read.ok()) << json;
        EXPECT_EQ(read.error().kind, ErrorKind::weights);
        EXPECT_NE(read.error().what.text().find(named), std::string::npos) << read.error().what.text();
    }
}

// What is not done here is said, with the member and its value.
TEST(Preprocessing, WhatIsNotDoneIsNamed) {
    const std::pair<const char*, const char*> cases[] = {
        {R"({"do_resize": false})", "do_resize is false, which is not done here"},
        {R"({"size": {"shortest_edge": 96}})", R"(size is {"shortest_edge":96}, which)"},
        {R"({"size": {"shortest_edge": 96, "longest_edge": 200}})", R"("longest_edge":200)"},
        {R"({"size": {"longest_edge": 200}})", R"(size is {"longest_edge":200}, which)"},
        {R"({"size": {"max_height": 200, "max_width": 200}})", R"("max_height":200)"},
        {R"({"size": 96, "default_to_square": false})", "size is 96, which"},
        {R"({"size": 96, "image_processor_type": "CLIPImageProcessor", "do_center_crop": false})", "size is 96, which"},
        {R"({"size": 96, "do_center_crop": true, "crop_size": {"height": 64, "width": 80}})", "crop_size is {"},
        {R"({"size": 96, "do_pad": true, "pad_size": {"height": 128, "width": 128}})", "pad_size is {"},
        {R"({"do_flip_channel_order": true})", "do_flip_channel_order is true, which"},
        {R"({"do_reduce_labels": 1})", "do_reduce_labels is 1, which"},
        {R"({"crop_pct": 0.9})", "crop_pct is 0.9, which"},
        {R"({"image_processor_type": "SamImageProcessorFast"})", R"(image_processor_type is "SamImageProcessorFast")"},
        {R"({"feature_extractor_type": "YolosFeatureExtractor"})", "feature_extractor_type is"},
    };
    for (const auto& [json, named] : cases) {
        const auto read = readPreprocessing(Json::parse(json), "p.json");
        ASSERT_FALSE(read.ok()) << json;
        EXPECT_EQ(read.error().kind, ErrorKind::weights);
        EXPECT_NE(read.error().what.text().find(named), std::string::npos) << read.error().what.text();
        EXPECT_FALSE(read.error().advice.empty());
    }
}

TEST(Preprocessing, SizesOfAnyVersion) {
    const auto side = [](const char* text) { return readPreprocessing(Json::parse(text), "p.json")->side; };
    EXPECT_EQ(side(R"({"size": 224})"), 224);
    EXPECT_EQ(side(R"({"size": [96, 96]})"), 96);
    EXPECT_EQ(side(R"({"size": {"height": 352, "width": 352}, "do_center_crop": false, "crop_size": 64})"), 352);
    EXPECT_EQ(side(R"({"size": 352, "do_flip_channel_order": false, "crop_pct": null, "my_note": 1e300})"), 352);
    EXPECT_EQ(side(R"({"size": 352, "do_pad": true})"), 352);
    EXPECT_EQ(side(R"({"size": 352, "do_pad": true, "pad_size": 352})"), 352);
    EXPECT_EQ(side("{}"), 0);
}

TEST(Preprocessing, TheClassSaysWhatTheFileLeavesOut) {
    auto read = readPreprocessing(Json::parse(R"({"image_processor_type": "ViTImageProcessorFast"})"), "p.json");
    ASSERT_TRUE(read.ok()) << read.error().line();
    EXPECT_EQ(read->side, 224);
    EXPECT_EQ(read->mean, (std::array<float, 3>{0.5f, 0.5f, 0.5f}));
    EXPECT_EQ(read->deviation, read->mean);
    EXPECT_EQ(read->filter, ResizeFilter::bilinear);
    for (const char* name : {"CLIPImageProcessor", "CLIPImageProcessorPil", "CLIPFeatureExtractor"}) {
        read =
            readPreprocessing({{"feature_extractor_type", name}, {"size", nullptr}, {"do_center_crop", nullptr}}, "p");
        ASSERT_TRUE(read.ok()) << read.error().line();
        EXPECT_EQ(read->side, 224);
        EXPECT_EQ(read->shortestEdge, 224);
        EXPECT_EQ(read->resizeWidth, 0);
        EXPECT_EQ(read->filter, ResizeFilter::bicubic);
        EXPECT_FLOAT_EQ(read->mean[1], 0.4578275f);
    }
    read = readPreprocessing(Json::parse(R"({"image_processor_type": "DeiTImageProcessor"})"), "p.json");
    EXPECT_EQ(read->side, 224);
    EXPECT_EQ(read->shortestEdge, 0);
    EXPECT_EQ(read->resizeHeight, 256);
    EXPECT_EQ(read->resizeWidth, 256);
    // Of a picture stretched to the crop's own size nothing is cut off.
    read = readPreprocessing(Json::parse(R"({"image_processor_type": "DeiTImageProcessor", "size": 224})"), "p.json");
    EXPECT_EQ(read->side, 224);
    EXPECT_FALSE(read->cropped());
}

TEST(Preprocessing, TheNestedFileGoesBeforeTheOther) {
    const test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "plain");
    const auto side = [&] { return test::valueOf(readModelPreprocessing(folder)).side; };
    test::writeText(folder + "/preprocessor_config.json", R"({"size": 96})");
    EXPECT_EQ(side(), 96);
    test::writeText(folder + "/processor_config.json", R"({"processor_class": "CLIPSegProcessor"})");
    EXPECT_EQ(side(), 96);
    test::writeText(folder + "/processor_config.json",
                    R"({"processor_class": "CLIPSegProcessor", "image_processor": {"size": 128}})");
    EXPECT_EQ(side(), 128);
    fs::remove(folder + "/preprocessor_config.json");
    EXPECT_EQ(side(), 128);
    test::writeText(folder + "/processor_config.json", R"({"image_processor": [1]})");
    const auto bad = readModelPreprocessing(folder);
    ASSERT_FALSE(bad.ok());
    EXPECT_NE(bad.error().what.text().find("processor_config.json"), std::string::npos);
    fs::remove(folder + "/processor_config.json");
    EXPECT_EQ(side(), 0);
}

}  // namespace
}  // namespace maskwright::clip
