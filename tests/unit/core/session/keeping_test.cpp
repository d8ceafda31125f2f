// What a method keeps of the pictures and objects it has seen.
#include <gtest/gtest.h>

#include "core/session/clipseg_method.h"
#include "core/session/engine.h"
#include "core/session/kept.h"
#include "tests/support/model_fixture.h"

namespace maskwright::session {
namespace {

class KeepingTest : public testing::TestWithParam<const char*> {
  protected:
    std::unique_ptr<Engine> open(const std::shared_ptr<Kept>& kept) {
        return test::valueOf(Engine::open({folder, "cpu", "float32", 1}, {}, kept));
    }
    std::vector<Heatmap> ask(Engine& engine, const Encoded& encoded, const Prompt& prompt) {
        return test::valueOf(engine.method().predict(encoded, std::span(&prompt, 1))).maps;
    }
    test::TemporaryFolder place;
    std::string folder = test::copyModel(place, GetParam());
    Image picture = test::expected(GetParam()).picture("picture");
    Image other = test::expected(GetParam()).picture("support_picture");
};

TEST_P(KeepingTest, APictureThatComesBackIsNotEncodedAgain) {
    const auto kept = std::make_shared<Kept>(std::int64_t(64) << 20);
    const auto engine = open(kept), fresh = open(std::make_shared<Kept>(0));
    const auto first = engine->method().encode(picture);
    const std::int64_t one = kept->bytes();
    EXPECT_GT(one, 0);
    ASSERT_TRUE(engine->method().encode(other).ok());
    const auto again = engine->method().encode(Image(picture));
    ASSERT_TRUE(first.ok() && again.ok());
    EXPECT_EQ(again->picture, first->picture);
    EXPECT_EQ(again->milliseconds, 0);
    EXPECT_EQ(kept->count(), 2u);
    const auto anew = fresh->method().encode(picture);
    ASSERT_TRUE(anew.ok());
    EXPECT_GT(anew->milliseconds, 0);
    Prompt prompt;
    prompt.phrase = "a cat";
    EXPECT_EQ(ask(*engine, *again, prompt), ask(*fresh, *anew, prompt));
}

TEST_P(KeepingTest, OtherOptionsAreAnotherPicture) {
    const auto engine = open(std::make_shared<Kept>(std::int64_t(64) << 20));
    const auto own = engine->method().encode(picture);
    const auto size = engine->method().capabilities().inputSize + engine->method().capabilities().cell;
    const auto larger = engine->method().encode(picture, {size, false});
    ASSERT_TRUE(own.ok() && larger.ok());
    EXPECT_NE(own->picture, larger->picture);
    EXPECT_EQ(engine->method().encode(picture, {size, false})->picture, larger->picture);
}

TEST_P(KeepingTest, TheBudgetHoldsHoweverManyPicturesThereAre) {
    const auto kept = std::make_shared<Kept>(std::int64_t(64) << 20);
    const auto engine = open(kept);
    ASSERT_TRUE(engine->method().encode(picture).ok());
    const auto small = std::make_shared<Kept>(3 * kept->bytes());
    const auto bounded = open(small);
    Image image = picture;
    for (int i = 0; i < 20; ++i) {
        // Wide enough a change to be seen after the picture is resized.
        std::fill(image.pixels.begin(), image.pixels.end(), static_cast<std::uint8_t>(10 * i));
        ASSERT_TRUE(bounded->method().encode(image).ok());
        EXPECT_LE(small->bytes(), small->budget());
    }
    EXPECT_EQ(small->count(), 3u);
}

TEST_P(KeepingTest, TwoModelsShareABudgetAndNothingElse) {
    const auto kept = std::make_shared<Kept>(std::int64_t(64) << 20);
    const auto one = open(kept);
    auto two = open(kept);
    const auto a = one->method().encode(picture), b = two->method().encode(picture);
    ASSERT_TRUE(a.ok() && b.ok());
    EXPECT_NE(a->picture, b->picture);
    EXPECT_EQ(kept->count(), 2u);
    two.reset();  // what a closed model has left behind is of no use
    EXPECT_EQ(kept->count(), 1u);
    EXPECT_EQ(one->method().encode(picture)->picture, a->picture);
}

TEST_P(KeepingTest, AMarkedObjectIsKnownByWhatIsSeenOfIt) {
    const auto engine = open(nullptr);
    auto mask = std::make_shared<Mask>(picture.width, picture.height);
    std::fill(mask->pixels.begin(), mask->pixels.begin() + std::ptrdiff_t(mask->pixels.size() / 2), 255);
    const auto prompt = [&](const Mask& region) {
        Prompt one;
        one.regions.push_back({std::make_shared<const Image>(picture), std::make_shared<const Mask>(region), {}});
        return one;
    };
    ClipSegMethod& clipseg = **needClipSeg(*engine);
    const auto first = clipseg.condition(prompt(*mask)), again = clipseg.condition(prompt(*mask));
    ASSERT_TRUE(first.ok() && again.ok());
    EXPECT_GT(first->milliseconds, 0);
    EXPECT_EQ(again->milliseconds, 0);
    EXPECT_EQ(again->values, first->values);
    std::reverse(mask->pixels.begin(), mask->pixels.end());
    const auto lower = clipseg.condition(prompt(*mask));
    ASSERT_TRUE(lower.ok());
    EXPECT_GT(lower->milliseconds, 0);
    EXPECT_NE(lower->values, first->values);
}

INSTANTIATE_TEST_SUITE_P(Models, KeepingTest, testing::Values("plain", "refined"));

}  // namespace
}  // namespace maskwright::session
