#include "core/session/clipseg_method.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/image/resize.h"
#include "core/visual_prompt/engineer.h"
#include "tests/support/clipseg_fixture.h"

namespace maskwright::session {
namespace {

test::OpenClipSeg openFixture(const test::TemporaryFolder& place, const std::string& name) {
    return test::OpenClipSeg(test::copyModel(place, name));
}

std::vector<float> row(const std::vector<float>& all, std::size_t index, std::size_t width) {
    return {all.begin() + static_cast<std::ptrdiff_t>(index * width),
            all.begin() + static_cast<std::ptrdiff_t>((index + 1) * width)};
}

class ClipSegParity : public testing::TestWithParam<const char*> {};

// From the 8-bit picture and the phrase to the logits, against transformers.
TEST_P(ClipSegParity, PictureAndPhrasesGiveTheReferencesLogits) {
    const test::TemporaryFolder place;
    const auto clipseg = openFixture(place, GetParam());
    const test::Expected expected = test::expected(GetParam());
    const auto encoded = clipseg->encode(expected.picture("picture"));
    ASSERT_TRUE(encoded.ok()) << encoded.error().line();
    EXPECT_EQ(encoded->inputWidth, clipseg->capabilities().inputSize);
    std::vector<Condition> conditions;
    const std::vector<float> embeds = expected.floats("text_embeds");
    for (const char* phrase : {"a cat", "the man's hat", "x"}) {
        auto condition = clipseg->textCondition(phrase);
        ASSERT_TRUE(condition.ok());
        EXPECT_FALSE(condition->truncated);
        EXPECT_LT(test::largestDifference(condition->values, row(embeds, conditions.size(), 20)), test::kParity);
        conditions.push_back(*condition);
    }
    const auto logits = clipseg->decode(*encoded, conditions, Resolution::head);
    ASSERT_TRUE(logits.ok());
    const std::vector<float> all = expected.floats("logits");
    for (std::size_t i = 0; i < 3; ++i) {
        const std::vector<float>& own = (*logits)[i].values.pixels;
        EXPECT_LT(test::largestDifference(own, row(all, i, own.size())), test::kParity) << i;
    }
}

TEST_P(ClipSegParity, SupportPictureAndMixture) {
    const test::TemporaryFolder place;
    const auto clipseg = openFixture(place, GetParam());
    const test::Expected expected = test::expected(GetParam());
    const int side = static_cast<int>(clipseg->capabilities().inputSize);
    const Image support = resizeBilinearAntialiased(expected.picture("support_picture"), side, side);
    const auto condition = clipseg->imageCondition(support);
    ASSERT_TRUE(condition.ok());
    EXPECT_LT(test::largestDifference(condition->values, expected.floats("support_embeds")), test::kParity);
    const auto encoded = clipseg->encode(expected.picture("picture"));
    const auto logits = clipseg->decode(*encoded, std::span(&*condition, 1), Resolution::head);
    // Of the largest logit: this decoder makes 80 times as much of what rounding changes in a condition.
    EXPECT_LT(test::relativeDifference((*logits)[0].values.pixels, expected.floats("support_logits")), test::kParity);
}

INSTANTIATE_TEST_SUITE_P(ClipSeg, ClipSegParity, testing::Values("refined", "plain"));

// Of names that are joined, what is found of any of them is found.
TEST(ClipSegJoined, NamesAreEachLookedFor) {
    const test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "refined");
    test::giveWords(folder, "cat\ndog\n");
    const test::OpenClipSeg clipseg(folder);
    const auto encoded = clipseg->encode(test::expected("refined").picture("picture"));
    ASSERT_TRUE(encoded.ok()) << encoded.error().line();
    std::vector<Condition> conditions;
    for (const char* phrase : {"cat", "cat and dog", "dog"}) {
        conditions.push_back(test::valueOf(clipseg->textCondition(phrase)));
    }
    EXPECT_EQ(conditions[0].each.size(), 0u);
    ASSERT_EQ(conditions[1].each.size(), 2u);
    const auto logits = clipseg->decode(*encoded, conditions, Resolution::head);
    ASSERT_TRUE(logits.ok()) << logits.error().line();
    ASSERT_EQ(logits->size(), 3u);
    const std::vector<float>&cat = (*logits)[0].values.pixels, &dog = (*logits)[2].values.pixels;
    std::vector<float> either(cat.size());
    std::transform(cat.begin(), cat.end(), dog.begin(), either.begin(),
                   [](float a, float b) { return std::max(a, b); });
    EXPECT_NE(either, cat);
    EXPECT_LT(test::relativeDifference((*logits)[1].values.pixels, either), test::kLogitRounding);
}

// A folder whose preprocessor_config.json is `json`.
test::OpenClipSeg openWithPreprocessor(const test::TemporaryFolder& place, const std::string& json) {
    const std::string folder = test::copyModel(place, "plain");
    test::writeText(folder + "/preprocessor_config.json", json);
    return test::OpenClipSeg(folder);
}

TEST(ClipSegPreprocessing, MeanAndDeviationAreTheModels) {
    const test::TemporaryFolder place;
    const auto clipseg =
        openWithPreprocessor(place, R"({"size": 64, "image_mean": [0.5, 0.4, 0.3], "image_std": [0.5, 0.25, 0.2]})");
    const Image picture = resizeBilinearAntialiased(test::expected("plain").picture("picture"), 64, 64);
    const auto fromPixels = clipseg->imageCondition(normalize(picture, {0.5f, 0.4f, 0.3f}, {0.5f, 0.25f, 0.2f}));
    const auto fromPicture = clipseg->imageCondition(picture);
    ASSERT_TRUE(fromPixels.ok() && fromPicture.ok());
    EXPECT_EQ(fromPixels->values, fromPicture->values);
    const auto imageNet = clipseg->imageCondition(normalize(picture, kImageNetMean, kImageNetStd));
    EXPECT_NE(imageNet->values, fromPicture->values);
}

// A folder of transformers 5 with nothing but processor_config.json: the answers are the reference's
// (tests/reference/make_processor_fixtures.py).
TEST(ClipSegPreprocessing, FoldersOfEveryProcessorAnswerAsInTransformers) {
    const test::fs::path processors = test::reference() / "processors";
    const test::Expected expected(processors / "expected.safetensors");
    const Image picture = expected.picture("picture");
    for (const char* name :
         {"vit-pil", "vit-int", "clip-pil", "clip-even", "clip-uncut", "siglip-pil", "nearest", "box", "hamming"}) {
        const test::TemporaryFolder place;
        const std::string folder = test::copyModel(place, "refined");
        test::fs::remove(folder + "/preprocessor_config.json");
        test::fs::copy_file(processors / (std::string(name) + ".json"), folder + "/processor_config.json");
        const test::OpenClipSeg clipseg(folder);
        EXPECT_EQ(clipseg->capabilities().inputSize, 32);
        const auto encoded = clipseg->encode(picture);
        ASSERT_TRUE(encoded.ok()) << encoded.error().line();
        const auto condition = clipseg->textCondition("a cat");
        const auto logits = clipseg->decode(*encoded, std::span(&*condition, 1), Resolution::head);
        ASSERT_TRUE(logits.ok()) << logits.error().line();
        EXPECT_LT(test::largestDifference((*logits)[0].values.pixels, expected.floats(name + std::string(".logits"))),
                  test::kParity)
            << name;
    }
}

// With a crop the mask lies where the model looked, and the whole picture is searched in its own proportions.
TEST(ClipSegPreprocessing, AMiddleAloneComesBackToItsPlace) {
    const test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "refined");
    test::writeText(folder + "/preprocessor_config.json",
                    R"({"size": {"shortest_edge": 32}, "do_center_crop": true, "crop_size": 32})");
    const test::OpenClipSeg clipseg(folder);
    EXPECT_TRUE(clipseg->capabilities().middleOnly);
    const Image picture = resizeBilinearAntialiased(test::expected("refined").picture("picture"), 128, 64);
    const auto encoded = clipseg->encode(picture);
    ASSERT_TRUE(encoded.ok());
    EXPECT_EQ(encoded->inputWidth, 32);
    Prompt prompt;
    prompt.phrase = "a cat";
    const auto answer = clipseg->predictWithLogits(*encoded, std::span(&prompt, 1));
    ASSERT_TRUE(answer.ok()) << answer.error().line();
    EXPECT_EQ(answer->logits[0].values.width, 32);
    const Heatmap& map = answer->answer.maps[0];
    ASSERT_EQ(map.width, 64);
    ASSERT_EQ(map.height, 32);
    for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 64; ++x) {
            EXPECT_EQ(map.at(x, y) > 0, x >= 16 && x < 48) << x << " " << y;
        }
    }
    const auto whole = clipseg->encode(picture, {32, true});
    ASSERT_TRUE(whole.ok());
    EXPECT_EQ(whole->inputWidth, 32);
    EXPECT_EQ(whole->inputHeight, 16);
    EXPECT_EQ(clipseg->predict(*whole, std::span(&prompt, 1))->maps[0].width, 16);
    EXPECT_EQ(clipseg->asSeen(picture, {}).width, 32);
}

TEST(ClipSegPreprocessing, ModelsOwnSizeThatDoesNotFitIsTheModelsFault) {
    const test::TemporaryFolder place;
    const auto clipseg = openWithPreprocessor(place, R"({"size": 50})");
    const Image picture = test::expected("plain").picture("picture");
    const auto own = clipseg->encode(picture);
    ASSERT_FALSE(own.ok());
    EXPECT_EQ(own.error().kind, ErrorKind::weights);
    EXPECT_NE(own.error().line().find("--size 48 or 64"), std::string::npos) << own.error().line();
    EXPECT_TRUE(clipseg->encode(picture, {64, false}).ok());
    EXPECT_EQ(clipseg->encode(picture, {65, false}).error().kind, ErrorKind::usage);
}

// Finite weights may still overflow: no mask of NaN passes for an answer.
TEST(ClipSegOverflow, AnswersThatAreNotFiniteAreRefused) {
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
    const test::OpenClipSeg clipseg(folder);
    const auto phrase = clipseg->textCondition("a cat");
    ASSERT_FALSE(phrase.ok());
    EXPECT_EQ(phrase.error().kind, ErrorKind::weights);
    const Image picture = test::expected("refined").picture("picture");
    const auto encoded = clipseg->encode(picture);
    const auto support = clipseg->imageCondition(resizeBilinearAntialiased(picture, 48, 48));
    ASSERT_TRUE(encoded.ok() && support.ok());
    const auto logits = clipseg->decode(*encoded, std::span(&*support, 1), Resolution::input);
    ASSERT_FALSE(logits.ok());
    EXPECT_NE(logits.error().what.text().find("not finite"), std::string::npos);
}

class ClipSegTest : public testing::Test {
  protected:
    test::TemporaryFolder place;
    test::OpenClipSeg clipseg = openFixture(place, "plain");
    Image picture = test::expected("plain").picture("picture");
};

TEST_F(ClipSegTest, FactsAreTheConfigurations) {
    const ClipSegFacts& facts = clipseg->facts();
    EXPECT_EQ(facts.head, "plain");
    EXPECT_EQ(facts.vision, "clip_vit");
    EXPECT_EQ(facts.tokenizer, "clip_bpe");
    EXPECT_EQ(facts.projection, 20);
    EXPECT_EQ(facts.textPositions, 12);
    EXPECT_EQ(facts.extractLayers, (std::vector<std::int64_t>{1, 2}));
    EXPECT_GT(facts.logitScale, 1);
}

TEST_F(ClipSegTest, CapabilitiesAreWhatTheTowersCanDo) {
    const Capabilities& able = clipseg->capabilities();
    EXPECT_EQ(able.hidingBlocks, 4);
    EXPECT_EQ(able.inputSize, 64);
    EXPECT_EQ(able.cell, 16);
    EXPECT_EQ(able.smallest, 16);
    EXPECT_EQ(able.largest, 4096);
    const auto convolutional = openFixture(place, "lite");
    EXPECT_FALSE(convolutional->capabilities().hidesTokens());
    for (const auto* method : {&*clipseg, &*convolutional}) {
        EXPECT_TRUE(method->checkSize(method->capabilities().smallest).ok());
        EXPECT_TRUE(method->checkSize(method->capabilities().largest).ok());
        EXPECT_FALSE(method->checkSize(method->capabilities().smallest - method->capabilities().cell).ok());
        EXPECT_FALSE(method->checkSize(method->capabilities().largest + method->capabilities().cell).ok());
    }
}

TEST_F(ClipSegTest, WrongSizesNameTheNearest) {
    const std::pair<std::int64_t, const char*> cases[] = {{100, "96 or 112"}, {1, "16"}, {5000, "4096"}, {-32, "16"}};
    for (const auto& [size, nearest] : cases) {
        const auto encoded = clipseg->encode(picture, {size, false});
        ASSERT_FALSE(encoded.ok()) << size;
        EXPECT_EQ(encoded.error().kind, ErrorKind::usage);
        EXPECT_NE(encoded.error().advice.text().find(nearest), std::string::npos) << encoded.error().line();
    }
    EXPECT_TRUE(clipseg->checkSize(16).ok());
    EXPECT_TRUE(clipseg->checkSize(4096).ok());
}

TEST_F(ClipSegTest, KeepAspectGivesThePicturesShape) {
    const auto wide = clipseg->encode(picture, {64, true});  // 70x45
    ASSERT_TRUE(wide.ok());
    EXPECT_EQ(wide->inputWidth, 64);
    EXPECT_EQ(wide->inputHeight, 48);  // 41.1, to the nearest multiple of 16
    const auto thin = clipseg->encode(Image(4, 400), {64, true});
    ASSERT_TRUE(thin.ok());
    EXPECT_EQ(thin->inputWidth, 16);
    EXPECT_EQ(thin->inputHeight, 64);
    const auto condition = clipseg->textCondition("a cat");
    const auto logits = clipseg->decode(*wide, std::span(&*condition, 1), Resolution::input);
    ASSERT_TRUE(logits.ok());
    EXPECT_EQ((*logits)[0].values.width, 64);
    EXPECT_EQ((*logits)[0].values.height, 48);
}

TEST_F(ClipSegTest, LongTextsAreCutAndSayso) {
    const auto condition = clipseg->textCondition("a cat a cat a cat a cat a cat a cat a cat a cat a cat");
    ASSERT_TRUE(condition.ok());
    EXPECT_TRUE(condition->truncated);
    const auto ids = clipseg->tokenize("a cat a cat a cat a cat a cat a cat a cat a cat a cat");
    ASSERT_TRUE(ids.ok());
    EXPECT_EQ(ids->size(), 12u);
    EXPECT_EQ(ids->back(), 813);
}

TEST_F(ClipSegTest, PhrasesAreCached) {
    const auto first = clipseg->textCondition("a cat"), second = clipseg->textCondition("a cat");
    EXPECT_EQ(first->values, second->values);
    EXPECT_GT(first->milliseconds, 0);
    EXPECT_EQ(second->milliseconds, 0);
}

TEST_F(ClipSegTest, MixtureIsLinearInTheEmbeddings) {
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
    const auto text = clipseg->condition(prompt);
    prompt.regions = {{image, std::make_shared<const Mask>(mask), style, 2.0}};
    prompt.mix = 1;
    const auto support = clipseg->condition(prompt);
    prompt.mix = 0.25;
    const auto mixed = clipseg->condition(prompt);
    ASSERT_TRUE(text.ok() && support.ok() && mixed.ok());
    std::vector<float> byHand;
    for (std::size_t i = 0; i < mixed->values.size(); ++i) {
        byHand.push_back(0.25f * support->values[i] + 0.75f * text->values[i]);
    }
    EXPECT_LT(test::relativeDifference(mixed->values, byHand), test::kRounding);
    EXPECT_EQ(mixed->milliseconds, 0);  // both ends were cached
    // What the preview shows is what was encoded.
    const auto engineered = visual_prompt::engineer(*image, mask, style);
    ASSERT_TRUE(engineered.ok());
    EXPECT_EQ(clipseg->imageCondition(*engineered)->values, support->values);
    // Without a phrase the mixture counts as 1.
    prompt.phrase.clear();
    EXPECT_EQ(clipseg->condition(prompt)->values, support->values);
}

TEST_F(ClipSegTest, RegionsAreAveragedByWeight) {
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
    const auto a = clipseg->condition(prompt);
    prompt.regions = {two};
    const auto b = clipseg->condition(prompt);
    one.weight = 3;
    prompt.regions = {one, two};
    const auto mean = clipseg->condition(prompt);
    ASSERT_TRUE(a.ok() && b.ok() && mean.ok());
    std::vector<float> byHand;
    for (std::size_t i = 0; i < mean->values.size(); ++i) {
        byHand.push_back(0.75f * a->values[i] + 0.25f * b->values[i]);
    }
    EXPECT_LT(test::relativeDifference(mean->values, byHand), test::kRounding);
    prompt.regions[0].weight = prompt.regions[1].weight = 0;
    EXPECT_EQ(clipseg->condition(prompt).error().kind, ErrorKind::usage);
    prompt.regions[0].weight = -1;
    EXPECT_EQ(clipseg->condition(prompt).error().kind, ErrorKind::usage);
}

TEST_F(ClipSegTest, EmptyPromptsAndPicturesAreRefused) {
    EXPECT_EQ(clipseg->condition({}).error().kind, ErrorKind::usage);
    EXPECT_EQ(clipseg->encode(Image()).error().kind, ErrorKind::input);
    EXPECT_EQ(clipseg->imageCondition(Image(17, 16)).error().kind, ErrorKind::usage);
    EXPECT_EQ(clipseg->imageCondition(Image()).error().kind, ErrorKind::usage);
}

TEST_F(ClipSegTest, StopIsCancelled) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(clipseg->encode(picture, {}, stop.get_token()).error().kind, ErrorKind::cancelled);
}

TEST_F(ClipSegTest, AnotherModelsFeaturesAreRefused) {
    const auto other = openFixture(place, "refined");
    const auto encoded = other->encode(picture);
    ASSERT_TRUE(encoded.ok());
    const auto condition = clipseg->textCondition("a cat");
    EXPECT_EQ(clipseg->decode(*encoded, std::span(&*condition, 1), Resolution::input).error().kind, ErrorKind::usage);
    Condition wrong;
    wrong.values.resize(3);
    const auto own = clipseg->encode(picture);
    EXPECT_EQ(clipseg->decode(*own, std::span(&wrong, 1), Resolution::input).error().kind, ErrorKind::usage);
}

TEST_F(ClipSegTest, HundredsOfPhrasesEqualOneByOne) {
    const auto encoded = clipseg->encode(picture);
    std::vector<Condition> conditions;
    for (int i = 0; i < 200; ++i) {
        conditions.push_back(*clipseg->textCondition("cat " + std::to_string(i)));
    }
    const auto all = clipseg->decode(*encoded, conditions, Resolution::input);
    ASSERT_TRUE(all.ok());
    ASSERT_EQ(all->size(), 200u);
    for (const std::size_t i : {0u, 63u, 64u, 199u}) {
        const auto one = clipseg->decode(*encoded, std::span(&conditions[i], 1), Resolution::input);
        EXPECT_LT(test::relativeDifference((*one)[0].values.pixels, (*all)[i].values.pixels), test::kLogitRounding);
    }
}

TEST(Probability, IsTheSigmoid) {
    Plane<float> logits(3, 1);
    logits.pixels = {0, 100, -100};
    const Heatmap map = probability(logits);
    EXPECT_FLOAT_EQ(map.pixels[0], 0.5f);
    EXPECT_FLOAT_EQ(map.pixels[1], 1.0f);
    EXPECT_NEAR(map.pixels[2], 0.0f, 1e-6);
}

TEST(ClipSegHiding, TokensAreHiddenFromABlockThatTheModelHas) {
    const test::TemporaryFolder place;
    const auto clipseg = openFixture(place, "plain");
    const auto image = std::make_shared<const Image>(test::expected("plain").picture("picture"));
    Mask mask(image->width, image->height);
    std::fill(mask.pixels.begin(), mask.pixels.begin() + static_cast<std::ptrdiff_t>(mask.pixels.size() / 2),
              std::uint8_t{255});
    const auto region = std::make_shared<const Mask>(mask);
    const auto shown = [&](const visual_prompt::Style& style) {
        Prompt prompt;
        prompt.regions.push_back({image, region, style, 1.0});
        return clipseg->condition(prompt);
    };
    const auto condition = [&](const std::string& style) { return shown(*visual_prompt::parseStyle(style)); };
    const auto untouched = condition("image_only,size=48"), last = condition("image_only,size=48,tokens=cls:3");
    ASSERT_TRUE(untouched.ok() && last.ok());
    EXPECT_GT(test::relativeDifference(untouched->values, last->values), 1e-3);
    // The fixture has blocks 0 to 3.
    for (const char* style : {"image_only,size=48,tokens=cls:4", "image_only,size=48,tokens=from:47"}) {
        const auto past = condition(style);
        ASSERT_FALSE(past.ok()) << style;
        EXPECT_EQ(past.error().kind, ErrorKind::usage);
        EXPECT_NE(past.error().line().find("4 blocks"), std::string::npos) << past.error().line();
    }
    // A block left from another way of hiding counts for nothing.
    visual_prompt::Style all = *visual_prompt::parseStyle("image_only,size=48,tokens=all");
    all.maskFromLayer = 47;
    EXPECT_TRUE(shown(all).ok());
}

}  // namespace
}  // namespace maskwright::session
