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
        {R"({"size": [96, 96], "image_processor_type": "ConvNextImageProcessor"})", "shortest_edge"},
        {R"({"image_processor_type": "ConvNextImageProcessor", "size": 96, "crop_pct": 0})", "crop_pct"},
        {R"({"image_processor_type": "PoolFormerImageProcessor", "size": [96, 90]})", "size is not a square"},
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
        {R"({"do_resize": null})", "do_resize is null, which is not done here"},
        {R"({"size": 96, "default_to_square": null})", "size is 96, which"},
        {R"({"size": 96, "image_processor_type": "SiglipImageProcessor"})", "size is 96, which"},
        {R"({"size": 96, "image_processor_type": "CLIPImageProcessor", "do_center_crop": null})", "size is 96, which"},
        {R"({"size": 96, "image_processor_type": "PoolFormerImageProcessor", "do_center_crop": false})",
         "do_center_crop is false, which"},
        {R"({"image_processor_type": "Gemma3ImageProcessor", "size": {"height": 96, "width": 80}, "crop_size": 64,
             "do_center_crop": true})",
         "size is not a square"},
        {R"({"size": {"shortest_edge": 96}})", R"(size is {"shortest_edge":96}, which)"},
        {R"({"size": {"shortest_edge": 96, "longest_edge": 200}})", R"("longest_edge":200)"},
        {R"({"size": {"longest_edge": 200}})", R"(size is {"longest_edge":200}, which)"},
        {R"({"size": {"max_height": 200, "max_width": 200}})", R"("max_height":200)"},
        {R"({"size": 96, "default_to_square": false})", "size is 96, which"},
        {R"({"size": 96, "image_processor_type": "CLIPImageProcessor", "do_center_crop": false})", "size is 96, which"},
        {R"({"size": 96, "do_center_crop": true, "crop_size": {"height": 64, "width": 80}})", "crop_size is {"},
        {R"({"size": 96, "do_pad": true, "pad_size": {"height": 128, "width": 128}})", "pad_size is {"},
        {R"({"do_flip_channel_order": true})", "do_flip_channel_order is true, which"},
        {R"({"do_grayscale": 1})", "do_grayscale is 1, which"},
        {R"({"size": 96, "image_processor_type": "MobileViTImageProcessor"})", "does do_flip_channel_order unless"},
        {R"({"size": 96, "image_processor_type": "MobileViTImageProcessor", "do_flip_channel_order": true})",
         "do_flip_channel_order is true, which"},
        {R"({"image_processor_type": "PerceiverImageProcessor"})", "does do_center_crop unless"},
        {R"({"image_processor_type": "LlavaImageProcessor", "do_pad": true})", "do_pad is true, which"},
        {R"({"image_processor_type": "GotOcr2ImageProcessor", "crop_to_patches": true})", "crop_to_patches is true"},
        {R"({"image_processor_type": "Cohere2VisionImageProcessorFast"})", "does crop_to_patches unless"},
        {R"({"image_processor_type": "DPTImageProcessor", "keep_aspect_ratio": true})", "keep_aspect_ratio is true"},
        {R"({"image_processor_type": "DPTImageProcessor", "ensure_multiple_of": 14})", "ensure_multiple_of is 14"},
        {R"({"image_processor_type": "DINOv3ViTImageProcessor", "resample": 3})", "resample is 3, which"},
        {R"({"image_processor_type": "ConvNextImageProcessor", "do_center_crop": true})", "do_center_crop is true"},
        {R"({"image_processor_type": "EfficientNetImageProcessor", "crop_pct": 0.9})", "crop_pct is 0.9, which"},
        {R"({"image_processor_type": "ViTImageProcessor", "include_top": true})", "include_top is true, which"},
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
        read = readPreprocessing({{"feature_extractor_type", name}, {"size", nullptr}}, "p");
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

// What a class does of itself (its attributes in transformers 5.24), as far as a file that names it and nothing else
// tells.
TEST(Preprocessing, EveryClassHasItsOwnDefaults) {
    using Three = std::array<float, 3>;
    constexpr Three kHalf = {0.5f, 0.5f, 0.5f}, kClip = {0.48145466f, 0.4578275f, 0.40821073f},
                    kClipStd = {0.26862954f, 0.26130258f, 0.27577711f}, kZero = {0, 0, 0}, kOne = {1, 1, 1};
    const Three quarter = {0.25f, 0.25f, 0.25f}, chameleon = {1 / 1.989f, 1 / 1.989f, 1 / 1.989f};
    const Three vivit = {0.75f, 0.75f, 0.75f};
    const auto bilinear = ResizeFilter::bilinear, bicubic = ResizeFilter::bicubic, lanczos = ResizeFilter::lanczos;
    const struct {
        const char* name;
        ResizeFilter filter;
        std::int64_t side, shortestEdge, resized;
        Three mean, deviation;
    } cases[] = {
        {"ViT", bilinear, 224, 0, 0, kHalf, kHalf},
        {"DeiT", bicubic, 224, 0, 256, kHalf, kHalf},
        {"CLIP", bicubic, 224, 224, 0, kClip, kClipStd},
        {"Siglip", bicubic, 224, 0, 0, kHalf, kHalf},
        {"Blip", bicubic, 384, 0, 0, kClip, kClipStd},
        {"Beit", bicubic, 224, 0, 0, kHalf, kHalf},
        {"Bit", bicubic, 224, 224, 0, kClip, kClipStd},
        {"Chameleon", lanczos, 512, 512, 0, chameleon, chameleon},
        {"ChineseCLIP", bicubic, 224, 224, 0, kClip, kClipStd},
        {"ConvNext", bicubic, 384, 0, 0, kHalf, kHalf},
        {"DINOv3ViT", bilinear, 224, 0, 0, kImageNetMean, kImageNetStd},
        {"DPT", bicubic, 384, 0, 0, kHalf, kHalf},
        {"EfficientNet", bicubic, 346, 0, 0, kHalf, quarter},
        {"Flava", bicubic, 224, 0, 0, kClip, kClipStd},
        {"Gemma3", bilinear, 224, 0, 0, kHalf, kHalf},
        {"GotOcr2", bicubic, 384, 0, 0, kClip, kClipStd},
        {"LayoutLMv3", bilinear, 224, 0, 0, kHalf, kHalf},
        {"Levit", bicubic, 224, 256, 0, kImageNetMean, kImageNetStd},
        {"Llava", bicubic, 224, 224, 0, kClip, kClipStd},
        {"MobileNetV1", bilinear, 224, 256, 0, kHalf, kHalf},
        {"MobileNetV2", bilinear, 224, 256, 0, kHalf, kHalf},
        {"Ovis2", bicubic, 384, 0, 0, kClip, kClipStd},
        {"OwlViT", bicubic, 768, 0, 0, kClip, kClipStd},
        {"PPChart2Table", bicubic, 1024, 0, 0, kClip, kClipStd},
        {"PoolFormer", bicubic, 224, 248, 0, kImageNetMean, kImageNetStd},
        {"PromptDepthAnything", bicubic, 384, 0, 0, kHalf, kHalf},
        {"Pvt", bicubic, 224, 0, 0, kImageNetMean, kImageNetStd},
        {"RTDetr", bilinear, 640, 0, 0, kZero, kOne},
        {"Sam2", bilinear, 1024, 0, 0, kImageNetMean, kImageNetStd},
        {"Sam3", bilinear, 1008, 0, 0, kHalf, kHalf},
        {"SegGpt", bicubic, 448, 0, 0, kImageNetMean, kImageNetStd},
        {"Segformer", bilinear, 512, 0, 0, kImageNetMean, kImageNetStd},
        {"Tipsv2", bilinear, 448, 0, 0, kZero, kOne},
        {"Tipsv2Dpt", bilinear, 448, 0, 0, kZero, kOne},
        {"VideoLlava", bicubic, 224, 224, 0, kClip, kClipStd},
        {"VideoMAE", bilinear, 224, 224, 0, kHalf, kHalf},
        {"Vivit", bilinear, 224, 256, 0, vivit, {0.25f, 0.25f, 0.25f}},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const auto read =
            readPreprocessing({{"image_processor_type", std::string(c.name) + "ImageProcessor"}}, "p.json");
        ASSERT_TRUE(read.ok()) << read.error().line();
        EXPECT_EQ(read->filter, c.filter);
        EXPECT_EQ(read->side, c.side);
        EXPECT_EQ(read->shortestEdge, c.shortestEdge);
        EXPECT_EQ(read->resizeWidth, c.resized);
        EXPECT_EQ(read->resizeHeight, c.resized);
        for (std::size_t i = 0; i < 3; ++i) {
            EXPECT_NEAR(read->mean[i], c.mean[i], 1e-6);
            EXPECT_NEAR(read->deviation[i], c.deviation[i], 1e-6);
        }
    }
    // With the step that their classes alone do switched off.
    const std::pair<const char*, const char*> off[] = {{"MobileViT", "do_flip_channel_order"},
                                                       {"Perceiver", "do_center_crop"},
                                                       {"Cohere2Vision", "crop_to_patches"},
                                                       {"GraniteDocling", "crop_to_patches"}};
    for (const auto& [name, step] : off) {
        const auto read = readPreprocessing(
            {{"image_processor_type", std::string(name) + "ImageProcessor"}, {step, false}}, "p.json");
        EXPECT_TRUE(read.ok()) << read.error().line();
    }
}

// ConvNext crops what it resizes, from 384 pixels on it does not; EfficientNet and Vivit move the values.
TEST(Preprocessing, MembersThatOneClassAloneHas) {
    const auto read = [](const char* text) { return test::valueOf(readPreprocessing(Json::parse(text), "p.json")); };
    Preprocessing p = read(R"({"image_processor_type": "ConvNextImageProcessor", "size": {"shortest_edge": 224}})");
    EXPECT_EQ(p.side, 224);
    EXPECT_EQ(p.shortestEdge, 256);
    p = read(R"({"image_processor_type": "ConvNextImageProcessor", "size": 288, "crop_pct": 0.95})");
    EXPECT_EQ(p.side, 288);
    EXPECT_EQ(p.shortestEdge, 303);
    p = read(R"({"image_processor_type": "EfficientNetImageProcessor", "include_top": false, "rescale_offset": true,
                 "rescale_factor": 0.00784313725490196, "image_mean": 0, "image_std": 1})");
    EXPECT_NEAR(p.mean[0], 0.5, 1e-6) << "byte / 127.5 - 1";
    EXPECT_NEAR(p.deviation[0], 0.5, 1e-6);
    p = read(R"({"image_processor_type": "VivitImageProcessor", "offset": false, "do_normalize": false})");
    EXPECT_NEAR(p.mean[0], 0, 1e-6);
    EXPECT_NEAR(p.deviation[0], 0.5, 1e-6);
    // Of labels and boxes, not of the picture.
    EXPECT_EQ(read(R"({"size": 96, "do_reduce_labels": true, "do_convert_annotations": true})").side, 96);
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
    test::writeText(folder + "/processor_config.json",
                    R"({"image_processor": null, "feature_extractor": {"size": 48}})");
    EXPECT_EQ(side(), 96);
    fs::remove(folder + "/preprocessor_config.json");
    // Nothing that the only file says is passed over, wherever it stands in it.
    EXPECT_EQ(side(), 48);
    test::writeText(folder + "/processor_config.json", R"({"processor_class": "CLIPSegProcessor", "size": 80})");
    EXPECT_EQ(side(), 80);
    test::writeText(folder + "/processor_config.json", "[1]");
    EXPECT_FALSE(readModelPreprocessing(folder).ok());
    test::writeText(folder + "/processor_config.json", R"({"processor_class": "CLIPSegProcessor"})");
    EXPECT_EQ(side(), 0);
    test::writeText(folder + "/processor_config.json", R"({"image_processor": {"size": 128}})");
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
