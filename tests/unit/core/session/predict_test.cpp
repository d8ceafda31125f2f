#include "core/session/predict.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/image/refine.h"
#include "tests/support/model_fixture.h"

namespace maskwright::session {
namespace {

class Predict : public testing::TestWithParam<const char*> {
  protected:
    void SetUp() override {
        auto opened = Engine::open({test::copyModel(place, GetParam()), "cpu", "float32", 1});
        ASSERT_TRUE(opened.ok()) << opened.error().line();
        engine = std::move(*opened);
        encoded = *engine->encode(test::expected(GetParam()).picture("picture"));
    }
    test::TemporaryFolder place;
    std::unique_ptr<Engine> engine;
    Encoded encoded;
};

TEST_P(Predict, NegativesAreTakenAway) {
    Prompt cat, hat, catNotHat;
    cat.phrase = "a cat";
    hat.phrase = "the man's hat";
    catNotHat.phrase = "a cat";
    catNotHat.negativePhrase = "the man's hat";
    catNotHat.negativeWeight = 0.5;
    Prompt catOrHat = catNotHat;
    catOrHat.compete = true;
    Timing timing;
    const auto maps = predict(*engine, *encoded.picture, std::vector{catNotHat, cat, hat, catOrHat}, &timing);
    ASSERT_TRUE(maps.ok()) << maps.error().line();
    ASSERT_EQ(maps->size(), 4u);
    for (std::size_t i = 0; i < (*maps)[0].map.pixels.size(); ++i) {
        // The four are decoded together, and their sums run in another order on each processor.
        const float wanted = std::max(0.0f, (*maps)[1].map.pixels[i] - 0.5f * (*maps)[2].map.pixels[i]);
        EXPECT_NEAR((*maps)[0].map.pixels[i], wanted, 1e-5);
        if (std::abs((*maps)[1].map.pixels[i] - 0.5f * (*maps)[2].map.pixels[i]) > 1e-5f) {  // no draw
            EXPECT_NEAR((*maps)[3].map.pixels[i], wanted > 0 ? (*maps)[1].map.pixels[i] : 0.0f, 1e-5);
        }
    }
    EXPECT_FLOAT_EQ((*maps)[0].presence, presence((*maps)[0].map));
    EXPECT_GT(timing.decode, 0);
}

TEST_P(Predict, LogitsAreThePositivePrompts) {
    Prompt cat;
    cat.phrase = "a cat";
    cat.negativePhrase = "x";
    std::vector<Logits> logits;
    const auto maps = predict(*engine, *encoded.picture, std::span(&cat, 1), nullptr, &logits);
    ASSERT_TRUE(maps.ok());
    ASSERT_EQ(logits.size(), 1u);
    const auto condition = engine->textCondition("a cat");
    const auto direct = engine->decode(*encoded.picture, std::span(&*condition, 1), engine->info().head != "pyramid");
    EXPECT_LT(test::largestDifference(logits[0].values.pixels, (*direct)[0].values.pixels), 1e-5);
}

TEST_P(Predict, MistakesComeBack) {
    Prompt empty, wrong;
    wrong.phrase = "a cat";
    wrong.mix = 2;
    EXPECT_EQ(predict(*engine, *encoded.picture, std::span(&empty, 1)).error().kind, ErrorKind::usage);
    EXPECT_EQ(predict(*engine, *encoded.picture, std::span(&wrong, 1)).error().kind, ErrorKind::usage);
    wrong.mix = 0.5;
    wrong.negativePhrase = "x";
    wrong.negativeWeight = -1;
    EXPECT_EQ(predict(*engine, *encoded.picture, std::span(&wrong, 1)).error().kind, ErrorKind::usage);
    std::stop_source stop;
    stop.request_stop();
    wrong.negativeWeight = 1;
    EXPECT_EQ(predict(*engine, *encoded.picture, std::span(&wrong, 1), nullptr, nullptr, stop.get_token()).error().kind,
              ErrorKind::cancelled);
    EXPECT_TRUE(predict(*engine, *encoded.picture, {})->empty());
}

INSTANTIATE_TEST_SUITE_P(Models, Predict, testing::Values("plain", "lite"));

}  // namespace
}  // namespace maskwright::session
