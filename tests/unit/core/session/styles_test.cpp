#include "core/session/styles.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/clipseg_fixture.h"

namespace maskwright::session {
namespace {

class Styles : public testing::TestWithParam<const char*> {
  protected:
    void SetUp() override {
        image = std::make_shared<const Image>(test::expected(GetParam()).picture("picture"));
        Mask mask(image->width, image->height);
        for (int y = 10; y < 30; ++y) {
            for (int x = 20; x < 50; ++x) {
                mask.at(x, y) = 255;
            }
        }
        region = std::make_shared<const Mask>(mask);
    }
    test::TemporaryFolder place;
    test::OpenClipSeg clipseg{test::copyModel(place, GetParam())};
    std::shared_ptr<const Image> image;
    std::shared_ptr<const Mask> region;
};

TEST_P(Styles, EveryPresetIsScoredOrSaysWhyNot) {
    const auto comparison = compareStyles(*clipseg, image, region, "cat", {"dog", "cat", "hat"});
    ASSERT_TRUE(comparison.ok()) << comparison.error().line();
    ASSERT_EQ(comparison->styles.size(), visual_prompt::presets().size());
    std::size_t scored = 0;
    for (const StyleScore& style : comparison->styles) {
        if (style.skipped.empty()) {
            ++scored;
            EXPECT_GT(style.probability, 0);
            EXPECT_LT(style.probability, 1);
            EXPECT_NEAR(style.gain, 100 * (style.probability - comparison->plain), 1e-9);
        }
    }
    EXPECT_GT(scored, comparison->styles.size() / 2);
}

TEST_P(Styles, TheOnlyCandidateIsCertain) {
    const auto comparison = compareStyles(*clipseg, image, region, "cat", {"cat"});
    ASSERT_TRUE(comparison.ok());
    EXPECT_DOUBLE_EQ(comparison->plain, 1);
}

TEST_P(Styles, TwoCandidatesShareOne) {
    const auto cat = compareStyles(*clipseg, image, region, "cat", {"hat"});
    const auto hat = compareStyles(*clipseg, image, region, "hat", {"cat"});
    ASSERT_TRUE(cat.ok() && hat.ok());
    EXPECT_NEAR(cat->plain + hat->plain, 1, test::kRounding);
    EXPECT_NEAR(cat->styles[0].probability + hat->styles[0].probability, 1, test::kRounding);
}

TEST_P(Styles, AnEmptyRegionIsAnError) {
    const auto none = std::make_shared<const Mask>(image->width, image->height);
    const auto comparison = compareStyles(*clipseg, image, none, "cat");
    ASSERT_FALSE(comparison.ok());
    EXPECT_EQ(comparison.error().kind, ErrorKind::input);
}

INSTANTIATE_TEST_SUITE_P(Models, Styles, testing::Values("plain", "lite"));

}  // namespace
}  // namespace maskwright::session
