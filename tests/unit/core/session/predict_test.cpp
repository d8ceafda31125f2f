#include <gtest/gtest.h>

#include <cmath>

#include "core/image/refine.h"
#include "core/session/clipseg_method.h"
#include "tests/support/clipseg_fixture.h"

namespace maskwright::session {
namespace {

class Predict : public testing::TestWithParam<const char*> {
  protected:
    void SetUp() override { encoded = *clipseg->encode(test::expected(GetParam()).picture("picture")); }
    test::TemporaryFolder place;
    test::OpenClipSeg clipseg{test::copyModel(place, GetParam())};
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
    const auto answer = clipseg->predict(encoded, std::vector{catNotHat, cat, hat, catOrHat});
    ASSERT_TRUE(answer.ok()) << answer.error().line();
    ASSERT_EQ(answer->maps.size(), 4u);
    const std::vector<Heatmap>& maps = answer->maps;
    for (std::size_t i = 0; i < maps[0].pixels.size(); ++i) {
        // The four are decoded together, and their sums run in another order on each processor.
        const float wanted = std::max(0.0f, maps[1].pixels[i] - 0.5f * maps[2].pixels[i]);
        EXPECT_NEAR(maps[0].pixels[i], wanted, test::kProbabilityRounding);
        if (std::abs(maps[1].pixels[i] - 0.5f * maps[2].pixels[i]) > test::kProbabilityRounding) {  // no draw
            EXPECT_NEAR(maps[3].pixels[i], wanted > 0 ? maps[1].pixels[i] : 0.0f, test::kProbabilityRounding);
        }
    }
    ASSERT_EQ(answer->presence.size(), 4u);
    EXPECT_FLOAT_EQ(answer->presence[0], presence(maps[0]));
    EXPECT_EQ(answer->truncated, std::vector<bool>(4, false));
    EXPECT_GT(answer->timing.text, 0);
    EXPECT_GT(answer->timing.decode, 0);
}

TEST_P(Predict, ACutTextIsItsPromptsAlone) {
    Prompt cat, longer, against;
    cat.phrase = against.phrase = "a cat";
    longer.phrase = "a cat a cat a cat a cat a cat a cat a cat a cat a cat a cat a cat a cat a cat a cat a cat a cat";
    against.negativePhrase = longer.phrase;
    const auto answer = clipseg->predict(encoded, std::vector{cat, longer, against});
    ASSERT_TRUE(answer.ok()) << answer.error().line();
    EXPECT_EQ(answer->truncated, (std::vector<bool>{false, true, true}));
}

// More of them than are encoded together, and of several lengths.
TEST_P(Predict, AmongManyAPhraseMeansWhatItMeansAlone) {
    std::vector<Prompt> prompts(40);
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        prompts[i].phrase = (i % 3 == 0 ? "a cat and the man's hat " : "cat ") + std::to_string(i);
    }
    ASSERT_TRUE(clipseg->prepare(prompts).ok());
    const test::TemporaryFolder elsewhere;
    const test::OpenClipSeg other{test::copyModel(elsewhere, GetParam())};
    for (const Prompt& prompt : prompts) {
        const auto among = clipseg->condition(prompt), alone = other->condition(prompt);
        ASSERT_TRUE(among.ok() && alone.ok());
        EXPECT_LT(test::relativeDifference(among->values, alone->values), test::kRounding) << prompt.phrase;
    }
}

TEST_P(Predict, LogitsAreThePositivePrompts) {
    Prompt cat;
    cat.phrase = "a cat";
    cat.negativePhrase = "x";
    const auto both = clipseg->predictWithLogits(encoded, std::span(&cat, 1));
    ASSERT_TRUE(both.ok());
    ASSERT_EQ(both->logits.size(), 1u);
    const Plane<float>& logits = both->logits[0].values;
    EXPECT_EQ(logits.width, encoded.inputWidth);
    EXPECT_EQ(logits.height, encoded.inputHeight);
    const auto condition = clipseg->textCondition("a cat");
    const auto direct = clipseg->decode(encoded, std::span(&*condition, 1), Resolution::input);
    EXPECT_LT(test::relativeDifference(logits.pixels, (*direct)[0].values.pixels), test::kLogitRounding);
    EXPECT_EQ(both->answer.maps[0], clipseg->predict(encoded, std::span(&cat, 1))->maps[0]);
}

TEST_P(Predict, AModelWithoutAListTakesEveryWord) {
    Prompt gibberish;
    gibberish.phrase = "qwxzrt";
    const auto answer = clipseg->predict(encoded, std::span(&gibberish, 1));
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->words, std::vector<Words>(1));
    EXPECT_GT(answer->presence[0], 1e-6f);
}

TEST_P(Predict, WordsThatAreNotKnownFindNothing) {
    test::TemporaryFolder other;
    const std::string folder = test::copyModel(other, GetParam());
    test::giveWords(folder, "cat\nhat\n");
    const test::OpenClipSeg listed(folder);
    const Image picture = test::expected(GetParam()).picture("picture");
    const Encoded own = *listed->encode(picture);

    Prompt gibberish, inPart, mixed, phraseOnly, marked, notGibberish, cat;
    gibberish.phrase = "qwxzrt";
    inPart.phrase = "a qwxzrt cat";
    cat.phrase = "a cat";
    SupportRegion region;
    region.image = std::make_shared<const Image>(picture);
    auto inside = std::make_shared<Mask>(picture.width, picture.height);
    std::fill(inside->pixels.begin(), inside->pixels.begin() + static_cast<std::ptrdiff_t>(inside->pixels.size() / 2),
              255);
    region.region = inside;
    marked.regions = {region};
    mixed = marked;
    mixed.phrase = gibberish.phrase;
    phraseOnly = mixed;
    phraseOnly.mix = 0;
    notGibberish.phrase = cat.phrase;
    notGibberish.negativePhrase = gibberish.phrase;
    const auto answer =
        listed->predictWithLogits(own, std::vector{gibberish, inPart, mixed, phraseOnly, marked, notGibberish, cat});
    ASSERT_TRUE(answer.ok()) << answer.error().line();
    const std::vector<Words> words = {{true, false, {"qwxzrt"}, false},
                                      {true, true, {"qwxzrt"}, false},
                                      {true, true, {"qwxzrt"}, false},
                                      {true, false, {"qwxzrt"}, false},
                                      {},
                                      {true, true, {}, false, {"qwxzrt"}},
                                      {true, true, {}, false}};
    EXPECT_EQ(answer->answer.words, words);
    for (const std::size_t nothing : {0u, 3u}) {
        EXPECT_LT(answer->answer.presence[nothing], 1e-6f);
        for (const float logit : answer->logits[nothing].values.pixels) {
            ASSERT_EQ(logit, kNothing);
        }
    }
    EXPECT_GT(answer->answer.presence[1], 1e-6f);
    // Beside an example the unknown words say nothing, and taking them away takes nothing.
    for (const auto& [one, same] : {std::pair(2, 4), std::pair(5, 6)}) {
        const auto &a = answer->answer.maps[std::size_t(one)].pixels,
                   &b = answer->answer.maps[std::size_t(same)].pixels;
        for (std::size_t i = 0; i < a.size(); ++i) {
            ASSERT_NEAR(a[i], b[i], test::kProbabilityRounding);
        }
    }
}

TEST_P(Predict, APlaceChoosesAmongWhatTheRestFinds) {
    test::TemporaryFolder other;
    const std::string folder = test::copyModel(other, GetParam());
    test::giveWords(folder, "cat\nhat\n");
    const test::OpenClipSeg listed(folder);
    const Image picture = test::expected(GetParam()).picture("picture");
    const Encoded own = *listed->encode(picture);
    Prompt plain, placed, everywhere, unknown, minus;
    plain.phrase = "the cat";
    everywhere.phrase = placed.phrase = "the cat on the left";
    everywhere.place = false;
    unknown.phrase = "the qwxzrt on the left";
    minus.phrase = plain.phrase;
    minus.negativePhrase = placed.phrase;
    const auto answer = listed->predict(own, std::vector{plain, placed, everywhere, unknown, minus});
    ASSERT_TRUE(answer.ok()) << answer.error().line();
    EXPECT_EQ(answer->words[1].place, Message("left"));
    EXPECT_TRUE(answer->words[0].place.empty());
    EXPECT_TRUE(answer->placed[0].empty());
    EXPECT_FALSE(answer->words[3].known) << "nothing of which a place could be";
    const Heatmap& kept = answer->placed[1];
    ASSERT_EQ(kept.pixels.size(), answer->maps[1].pixels.size());
    for (std::size_t i = 0; i < kept.pixels.size(); ++i) {
        const float plainly = answer->maps[0].pixels[i];
        ASSERT_NEAR(answer->maps[2].pixels[i], plainly, test::kProbabilityRounding);
        ASSERT_NEAR(answer->maps[1].pixels[i], kept.pixels[i] > 0 ? plainly : 0, test::kProbabilityRounding);
        ASSERT_NEAR(answer->maps[4].pixels[i], kept.pixels[i] > 0 ? 0 : plainly, test::kProbabilityRounding);
    }
}

TEST_P(Predict, AListThatIsMissingOrBrokenIsSaid) {
    test::TemporaryFolder other;
    const std::string folder = test::copyModel(other, GetParam());
    test::giveWords(folder, "two words\n");
    const auto broken = Engine::open({folder, "cpu", "float32", 1});
    ASSERT_FALSE(broken.ok());
    EXPECT_EQ(broken.error().kind, ErrorKind::weights);
    EXPECT_NE(broken.error().line().find("words.txt: line 1"), std::string::npos) << broken.error().line();
    test::fs::remove(test::fs::path(folder) / "words.txt");
    EXPECT_EQ(Engine::open({folder, "cpu", "float32", 1}).error().kind, ErrorKind::weights);
}

TEST_P(Predict, MistakesComeBack) {
    Prompt empty, wrong;
    wrong.phrase = "a cat";
    wrong.mix = 2;
    EXPECT_EQ(clipseg->predict(encoded, std::span(&empty, 1)).error().kind, ErrorKind::usage);
    EXPECT_EQ(clipseg->predict(encoded, std::span(&wrong, 1)).error().kind, ErrorKind::usage);
    wrong.mix = 0.5;
    wrong.negativePhrase = "x";
    wrong.negativeWeight = -1;
    EXPECT_EQ(clipseg->predict(encoded, std::span(&wrong, 1)).error().kind, ErrorKind::usage);
    std::stop_source stop;
    stop.request_stop();
    wrong.negativeWeight = 1;
    EXPECT_EQ(clipseg->predict(encoded, std::span(&wrong, 1), stop.get_token()).error().kind, ErrorKind::cancelled);
    EXPECT_TRUE(clipseg->predict(encoded, {})->maps.empty());
}

INSTANTIATE_TEST_SUITE_P(Models, Predict, testing::Values("plain", "lite"));

}  // namespace
}  // namespace maskwright::session
