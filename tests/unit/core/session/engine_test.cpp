#include "core/session/engine.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/image/resize.h"
#include "tests/support/model_fixture.h"

namespace maskwright::session {
namespace {

std::unique_ptr<Engine> openFixture(const test::TemporaryFolder& place, const std::string& name,
                                    const std::string& dtype = "float32") {
    auto engine = Engine::open({test::copyModel(place, name), "cpu", dtype, 1});
    EXPECT_TRUE(engine.ok()) << engine.error().line();
    return std::move(*engine);
}

std::vector<float> row(const std::vector<float>& all, std::size_t index, std::size_t width) {
    return {all.begin() + static_cast<std::ptrdiff_t>(index * width),
            all.begin() + static_cast<std::ptrdiff_t>((index + 1) * width)};
}

class EngineParity : public testing::TestWithParam<const char*> {};

// From the 8-bit picture and the phrase to the logits, against transformers.
TEST_P(EngineParity, PictureAndPhrasesGiveTheReferencesLogits) {
    const test::TemporaryFolder place;
    const auto engine = openFixture(place, GetParam());
    const test::Expected expected = test::expected(GetParam());
    const auto encoded = engine->encode(expected.picture("picture"));
    ASSERT_TRUE(encoded.ok()) << encoded.error().line();
    EXPECT_EQ(encoded->inputWidth, engine->info().inputSize);
    std::vector<Condition> conditions;
    const std::vector<float> embeds = expected.floats("text_embeds");
    for (const char* phrase : {"a cat", "the man's hat", "x"}) {
        auto condition = engine->textCondition(phrase);
        ASSERT_TRUE(condition.ok());
        EXPECT_FALSE(condition->truncated);
        EXPECT_LT(test::largestDifference(condition->values, row(embeds, conditions.size(), 20)), 1e-4);
        conditions.push_back(*condition);
    }
    const auto logits = engine->decode(*encoded->picture, conditions, true);
    ASSERT_TRUE(logits.ok());
    const std::vector<float> all = expected.floats("logits");
    for (std::size_t i = 0; i < 3; ++i) {
        const std::vector<float>& own = (*logits)[i].values.pixels;
        EXPECT_LT(test::largestDifference(own, row(all, i, own.size())), 1e-4) << i;
    }
}

TEST_P(EngineParity, SupportPictureAndMixture) {
    const test::TemporaryFolder place;
    const auto engine = openFixture(place, GetParam());
    const test::Expected expected = test::expected(GetParam());
    const int side = static_cast<int>(engine->info().inputSize);
    const Image support = resizeBilinearAntialiased(expected.picture("support_picture"), side, side);
    const auto condition = engine->imageCondition(support);
    ASSERT_TRUE(condition.ok());
    EXPECT_LT(test::largestDifference(condition->values, expected.floats("support_embeds")), 1e-4);
    const auto encoded = engine->encode(expected.picture("picture"));
    const auto logits = engine->decode(*encoded->picture, std::span(&*condition, 1), true);
    EXPECT_LT(test::largestDifference((*logits)[0].values.pixels, expected.floats("support_logits")), 1e-4);
}

INSTANTIATE_TEST_SUITE_P(ClipSeg, EngineParity, testing::Values("refined", "plain"));

// A folder whose preprocessor_config.json is `json`.
std::unique_ptr<Engine> openWithPreprocessor(const test::TemporaryFolder& place, const std::string& json) {
    const std::string folder = test::copyModel(place, "plain");
    test::writeText(folder + "/preprocessor_config.json", json);
    auto engine = Engine::open({folder, "cpu", "float32", 1});
    EXPECT_TRUE(engine.ok()) << engine.error().line();
    return std::move(*engine);
}

TEST(EnginePreprocessing, MeanAndDeviationAreTheModels) {
    const test::TemporaryFolder place;
    const auto engine =
        openWithPreprocessor(place, R"({"size": 64, "image_mean": [0.5, 0.4, 0.3], "image_std": [0.5, 0.25, 0.2]})");
    const Image picture = resizeBilinearAntialiased(test::expected("plain").picture("picture"), 64, 64);
    const auto fromPixels = engine->imageCondition(normalize(picture, {0.5f, 0.4f, 0.3f}, {0.5f, 0.25f, 0.2f}));
    const auto fromPicture = engine->imageCondition(picture);
    ASSERT_TRUE(fromPixels.ok() && fromPicture.ok());
    EXPECT_EQ(fromPixels->values, fromPicture->values);
    const auto imageNet = engine->imageCondition(normalize(picture, kImageNetMean, kImageNetStd));
    EXPECT_NE(imageNet->values, fromPicture->values);
}

TEST(EnginePreprocessing, ModelsOwnSizeThatDoesNotFitIsTheModelsFault) {
    const test::TemporaryFolder place;
    const auto engine = openWithPreprocessor(place, R"({"size": 50})");
    const Image picture = test::expected("plain").picture("picture");
    const auto own = engine->encode(picture);
    ASSERT_FALSE(own.ok());
    EXPECT_EQ(own.error().kind, ErrorKind::weights);
    EXPECT_NE(own.error().line().find("--size 48 or 64"), std::string::npos) << own.error().line();
    EXPECT_TRUE(engine->encode(picture, {64, false}).ok());
    EXPECT_EQ(engine->encode(picture, {65, false}).error().kind, ErrorKind::usage);
}

// Finite weights may still overflow: no mask of NaN passes for an answer.
TEST(EngineOverflow, AnswersThatAreNotFiniteAreRefused) {
    const test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "refined");
    const auto file = weights::SafetensorsFile::open(folder + "/model.safetensors");
    ASSERT_TRUE(file.ok());
    std::vector<std::vector<float>> values;
    std::vector<weights::TensorToWrite> tensors;
    for (const auto& [name, info] : file->tensors()) {
        values.push_back(test::valueOf(file->readFloats(name)));
        if (name == "clip.text_projection.weight" || name == "decoder.transposed_convolution.4.weight") {
            std::fill(values.back().begin(), values.back().end(), 3e38f);
        }
        tensors.push_back({name, weights::DType::f32, info.shape, std::as_bytes(std::span(values.back()))});
    }
    ASSERT_TRUE(weights::writeSafetensors(folder + "/model.safetensors", tensors, {}).ok());
    auto engine = Engine::open({folder, "cpu", "float32", 1});
    ASSERT_TRUE(engine.ok()) << engine.error().line();
    const auto phrase = (*engine)->textCondition("a cat");
    ASSERT_FALSE(phrase.ok());
    EXPECT_EQ(phrase.error().kind, ErrorKind::weights);
    const Image picture = test::expected("refined").picture("picture");
    const auto encoded = (*engine)->encode(picture);
    const auto support = (*engine)->imageCondition(resizeBilinearAntialiased(picture, 48, 48));
    ASSERT_TRUE(encoded.ok() && support.ok());
    const auto logits = (*engine)->decode(*encoded->picture, std::span(&*support, 1));
    ASSERT_FALSE(logits.ok());
    EXPECT_NE(logits.error().what.text().find("not finite"), std::string::npos);
}

class EngineTest : public testing::Test {
  protected:
    test::TemporaryFolder place;
    std::unique_ptr<Engine> engine = openFixture(place, "plain");
    Image picture = test::expected("plain").picture("picture");
};

TEST_F(EngineTest, InfoIsTheModels) {
    const ModelInfo& info = engine->info();
    EXPECT_EQ(info.name, "plain");
    EXPECT_EQ(info.head, "plain");
    EXPECT_EQ(info.visionType, "clip_vit");
    EXPECT_EQ(info.inputSize, 64);
    EXPECT_EQ(info.cell, 16);
    EXPECT_EQ(info.projection, 20);
    EXPECT_EQ(info.textPositions, 12);
    EXPECT_EQ(info.threads, 1);
    EXPECT_EQ(info.extractLayers, (std::vector<std::int64_t>{1, 2}));
    EXPECT_FALSE(info.blas.empty());
}

TEST_F(EngineTest, WrongSizesNameTheNearest) {
    const std::pair<std::int64_t, const char*> cases[] = {{100, "96 or 112"}, {1, "16"}, {5000, "4096"}, {-32, "16"}};
    for (const auto& [size, nearest] : cases) {
        const auto encoded = engine->encode(picture, {size, false});
        ASSERT_FALSE(encoded.ok()) << size;
        EXPECT_EQ(encoded.error().kind, ErrorKind::usage);
        EXPECT_NE(encoded.error().advice.text().find(nearest), std::string::npos) << encoded.error().line();
    }
    EXPECT_TRUE(engine->checkSize(16).ok());
    EXPECT_TRUE(engine->checkSize(4096).ok());
}

TEST_F(EngineTest, KeepAspectGivesThePicturesShape) {
    const auto wide = engine->encode(picture, {64, true});  // 70x45
    ASSERT_TRUE(wide.ok());
    EXPECT_EQ(wide->inputWidth, 64);
    EXPECT_EQ(wide->inputHeight, 48);  // 41.1, to the nearest multiple of 16
    const auto thin = engine->encode(Image(4, 400), {64, true});
    ASSERT_TRUE(thin.ok());
    EXPECT_EQ(thin->inputWidth, 16);
    EXPECT_EQ(thin->inputHeight, 64);
    const auto condition = engine->textCondition("a cat");
    const auto logits = engine->decode(*wide->picture, std::span(&*condition, 1));
    ASSERT_TRUE(logits.ok());
    EXPECT_EQ((*logits)[0].values.width, 64);
    EXPECT_EQ((*logits)[0].values.height, 48);
}

TEST_F(EngineTest, LongTextsAreCutAndSayso) {
    const auto condition = engine->textCondition("a cat a cat a cat a cat a cat a cat a cat a cat a cat");
    ASSERT_TRUE(condition.ok());
    EXPECT_TRUE(condition->truncated);
    const auto ids = engine->tokenize("a cat a cat a cat a cat a cat a cat a cat a cat a cat");
    ASSERT_TRUE(ids.ok());
    EXPECT_EQ(ids->size(), 12u);
    EXPECT_EQ(ids->back(), 813);
}

TEST_F(EngineTest, PhrasesAreCached) {
    const auto first = engine->textCondition("a cat"), second = engine->textCondition("a cat");
    EXPECT_EQ(first->values, second->values);
    EXPECT_GT(first->milliseconds, 0);
    EXPECT_EQ(second->milliseconds, 0);
}

TEST_F(EngineTest, MixtureIsLinearInTheEmbeddings) {
    const auto image = std::make_shared<const Image>(picture);
    Mask mask(picture.width, picture.height);
    for (int y = 10; y < 30; ++y) {
        for (int x = 20; x < 50; ++x) {
            mask.at(x, y) = 255;
        }
    }
    visual_prompt::Style style;
    style.size = 64;
    Prompt prompt;
    prompt.phrase = "a cat";
    const auto text = engine->condition(prompt);
    prompt.regions = {{image, std::make_shared<const Mask>(mask), style, 2.0}};
    prompt.mix = 1;
    const auto support = engine->condition(prompt);
    prompt.mix = 0.25;
    const auto mixed = engine->condition(prompt);
    ASSERT_TRUE(text.ok() && support.ok() && mixed.ok());
    for (std::size_t i = 0; i < mixed->values.size(); ++i) {
        EXPECT_NEAR(mixed->values[i], 0.25f * support->values[i] + 0.75f * text->values[i], 1e-6);
    }
    EXPECT_EQ(mixed->milliseconds, 0);  // both ends were cached
    // What the preview shows is what was encoded.
    const auto engineered = visual_prompt::engineer(*image, mask, style);
    ASSERT_TRUE(engineered.ok());
    EXPECT_EQ(engine->imageCondition(*engineered)->values, support->values);
    // Without a phrase the mixture counts as 1.
    prompt.phrase.clear();
    EXPECT_EQ(engine->condition(prompt)->values, support->values);
}

TEST_F(EngineTest, RegionsAreAveragedByWeight) {
    const auto image = std::make_shared<const Image>(picture);
    visual_prompt::Style style;
    style.size = 64;
    const auto region = [&](int x) {
        Mask mask(picture.width, picture.height);
        for (int y = 5; y < 25; ++y) {
            for (int k = 0; k < 20; ++k) {
                mask.at(x + k, y) = 255;
            }
        }
        return SupportRegion{image, std::make_shared<const Mask>(mask), style, 1.0};
    };
    SupportRegion one = region(0), two = region(40);
    Prompt prompt;
    prompt.regions = {one};
    const auto a = engine->condition(prompt);
    prompt.regions = {two};
    const auto b = engine->condition(prompt);
    one.weight = 3;
    prompt.regions = {one, two};
    const auto mean = engine->condition(prompt);
    ASSERT_TRUE(a.ok() && b.ok() && mean.ok());
    for (std::size_t i = 0; i < mean->values.size(); ++i) {
        EXPECT_NEAR(mean->values[i], 0.75f * a->values[i] + 0.25f * b->values[i], 1e-5);
    }
    prompt.regions[0].weight = prompt.regions[1].weight = 0;
    EXPECT_EQ(engine->condition(prompt).error().kind, ErrorKind::usage);
    prompt.regions[0].weight = -1;
    EXPECT_EQ(engine->condition(prompt).error().kind, ErrorKind::usage);
}

TEST_F(EngineTest, EmptyPromptsAndPicturesAreRefused) {
    EXPECT_EQ(engine->condition({}).error().kind, ErrorKind::usage);
    EXPECT_EQ(engine->encode(Image()).error().kind, ErrorKind::input);
    EXPECT_EQ(engine->imageCondition(Image(17, 16)).error().kind, ErrorKind::usage);
    EXPECT_EQ(engine->imageCondition(Image()).error().kind, ErrorKind::usage);
}

TEST_F(EngineTest, StopIsCancelled) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(engine->encode(picture, {}, stop.get_token()).error().kind, ErrorKind::cancelled);
}

TEST_F(EngineTest, AnotherModelsFeaturesAreRefused) {
    const auto other = openFixture(place, "refined");
    const auto encoded = other->encode(picture);
    ASSERT_TRUE(encoded.ok());
    const auto condition = engine->textCondition("a cat");
    EXPECT_EQ(engine->decode(*encoded->picture, std::span(&*condition, 1)).error().kind, ErrorKind::usage);
    Condition wrong;
    wrong.values.resize(3);
    const auto own = engine->encode(picture);
    EXPECT_EQ(engine->decode(*own->picture, std::span(&wrong, 1)).error().kind, ErrorKind::usage);
}

TEST_F(EngineTest, HundredsOfPhrasesEqualOneByOne) {
    const auto encoded = engine->encode(picture);
    std::vector<Condition> conditions;
    for (int i = 0; i < 200; ++i) {
        conditions.push_back(*engine->textCondition("cat " + std::to_string(i)));
    }
    const auto all = engine->decode(*encoded->picture, conditions);
    ASSERT_TRUE(all.ok());
    ASSERT_EQ(all->size(), 200u);
    for (const std::size_t i : {0u, 63u, 64u, 199u}) {
        const auto one = engine->decode(*encoded->picture, std::span(&conditions[i], 1));
        EXPECT_LT(test::largestDifference((*one)[0].values.pixels, (*all)[i].values.pixels), 1e-4);
    }
}

TEST(EngineOpen, WrongOptionsAreNamed) {
    const test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "plain");
    EXPECT_EQ(Engine::open({folder, "gpu", "float32", 0}).error().kind, ErrorKind::usage);
    EXPECT_EQ(Engine::open({folder, "cpu", "float64", 0}).error().kind, ErrorKind::usage);
    const auto absent = Engine::open({folder, "cuda:99", "float32", 0});
    ASSERT_FALSE(absent.ok());
    EXPECT_EQ(absent.error().kind, ErrorKind::resource);
    EXPECT_NE(absent.error().line().find("--device cpu"), std::string::npos) << absent.error().line();
    EXPECT_EQ(Engine::open({place.path().string() + "/none", "cpu", "float32", 0}).error().kind, ErrorKind::weights);
    std::filesystem::resize_file(folder + "/model.safetensors", 1000);
    EXPECT_EQ(Engine::open({folder, "cpu", "float32", 0}).error().kind, ErrorKind::weights);
}

TEST(Probability, IsTheSigmoid) {
    Plane<float> logits(3, 1);
    logits.pixels = {0, 100, -100};
    const Heatmap map = probability(logits);
    EXPECT_FLOAT_EQ(map.pixels[0], 0.5f);
    EXPECT_FLOAT_EQ(map.pixels[1], 1.0f);
    EXPECT_NEAR(map.pixels[2], 0.0f, 1e-6);
}

TEST(Engine, TokensAreHiddenFromABlockThatTheModelHas) {
    const test::TemporaryFolder place;
    const auto engine = openFixture(place, "plain");
    const auto image = std::make_shared<const Image>(test::expected("plain").picture("picture"));
    Mask mask(image->width, image->height);
    std::fill(mask.pixels.begin(), mask.pixels.begin() + static_cast<std::ptrdiff_t>(mask.pixels.size() / 2),
              std::uint8_t{255});
    const auto region = std::make_shared<const Mask>(mask);
    const auto condition = [&](const std::string& style) {
        Prompt prompt;
        prompt.regions.push_back({image, region, *visual_prompt::parseStyle(style), 1.0});
        return engine->condition(prompt);
    };
    const auto untouched = condition("image_only,size=48"), last = condition("image_only,size=48,tokens=cls:3");
    ASSERT_TRUE(untouched.ok() && last.ok());
    EXPECT_GT(test::largestDifference(untouched->values, last->values), 1e-3);
    // The fixture has blocks 0 to 3.
    for (const char* style : {"image_only,size=48,tokens=cls:4", "image_only,size=48,tokens=from:47"}) {
        const auto past = condition(style);
        ASSERT_FALSE(past.ok()) << style;
        EXPECT_EQ(past.error().kind, ErrorKind::usage);
        EXPECT_NE(past.error().line().find("4 blocks"), std::string::npos) << past.error().line();
    }
}

}  // namespace
}  // namespace maskwright::session
