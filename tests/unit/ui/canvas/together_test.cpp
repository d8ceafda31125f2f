#include "ui/canvas/together.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace maskwright::ui {
namespace {

constexpr int kWidth = 60, kHeight = 20;
const QRect kArea(0, 0, kWidth, kHeight);

// `high` in columns [begin, end), `low` elsewhere.
std::shared_ptr<const HeatPyramid> band(int begin, int end, float high, float low = 0.02f) {
    auto map = std::make_shared<Heatmap>(kWidth, kHeight, low);
    for (int y = 0; y < kHeight; ++y) {
        std::fill(&map->at(0, y) + begin, &map->at(0, y) + end, high);
    }
    return makePyramid(map);
}

output::Appearance plain() {
    output::Appearance appearance = screenAppearance();
    appearance.opacity = 0.5;
    return appearance;
}

QImage drawn(MaskView view, const MaskSource& own, const std::vector<MaskSource>& others) {
    Together together;
    return together.draw(view, own, others, {1, {0, 0}}, kArea, plain(), 1).copy();
}

TEST(Together, JoinedIsInsideWhereAnyIs) {
    const Heatmap a(2, 1, 0.4f), b(2, 1, 0.5f);
    EXPECT_NEAR(joined({&a, &b}, {0.3f, 0.9f}).at(0, 0), 0.6f, 1e-6) << "a is 0.1 above its threshold";
    EXPECT_LT(joined({&a, &b}, {0.5f, 0.6f}).at(1, 0), kJoinedThreshold);
    EXPECT_TRUE(joined({}, {}).empty());
}

// The right band lies below the first's threshold and above its own.
TEST(Together, AMaskIsWhiteWhereAnyRowIsAndBlackElsewhere) {
    const QImage image = drawn(MaskView::mask, {{band(5, 20, 0.9f)}, 0.6}, {{{band(35, 50, 0.4f)}, 0.3}});
    for (const int x : {10, 40}) {
        EXPECT_EQ(image.pixel(x, 10), qRgb(255, 255, 255)) << x;
    }
    for (const int x : {1, 28, 58}) {
        EXPECT_EQ(image.pixel(x, 10), qRgb(0, 0, 0)) << x;
    }
}

TEST(Together, ACutoutLeavesThePictureInsideAndAChequerboardElsewhere) {
    const QImage image = drawn(MaskView::cutout, {{}, 0.5}, {{{band(5, 20, 0.9f)}, 0.6}});
    EXPECT_EQ(qAlpha(image.pixel(10, 10)), 0) << "the picture is seen";
    std::set<QRgb> greys;
    for (int x = 30; x < kWidth; ++x) {
        EXPECT_EQ(qAlpha(image.pixel(x, 10)), 255);
        greys.insert(image.pixel(x, 10));
    }
    EXPECT_EQ(greys.size(), 2u);
    EXPECT_NE(image.pixel(32, 2), image.pixel(32, 10)) << "squares, not stripes";
}

TEST(Together, ASpotlightLeavesAllRowsLight) {
    const QImage image = drawn(MaskView::spotlight, {{band(5, 20, 0.9f)}, 0.6}, {{{band(35, 50, 0.4f)}, 0.3}});
    EXPECT_EQ(qAlpha(image.pixel(12, 10)), 0);
    EXPECT_EQ(qAlpha(image.pixel(42, 10)), 0);
    EXPECT_NEAR(qAlpha(image.pixel(28, 10)), 128, 1);
}

TEST(Together, HeatOfManyIsTheHighestProbability) {
    const QImage image = drawn(MaskView::heat, {{}, 0.5}, {{{band(5, 20, 0.9f)}, 0.95}, {{band(15, 50, 0.4f)}, 0.3}});
    const QImage one = drawn(MaskView::heat, {{}, 0.5}, {{{band(5, 20, 0.9f)}, 0.2}});
    EXPECT_EQ(image.pixel(17, 10), one.pixel(17, 10));
    EXPECT_NE(image.pixel(30, 10), one.pixel(30, 10));
}

// What is kept from one frame to the next must not be seen.
TEST(Together, AFrameIsDrawnAsAfresh) {
    Together used;
    const auto a = band(5, 20, 0.9f), b = band(35, 50, 0.4f), c = band(25, 30, 0.7f);
    const auto expectAsFresh = [&](MaskView view, const MaskSource& own, const std::vector<MaskSource>& others,
                                   double scale) {
        Together fresh;
        const ViewTransform transform{scale, {3, 2}};
        EXPECT_EQ(used.draw(view, own, others, transform, kArea, plain(), 1),
                  fresh.draw(view, own, others, transform, kArea, plain(), 1));
    };
    for (const double threshold : {0.3, 0.5, 0.95}) {
        expectAsFresh(MaskView::mask, {{a}, threshold}, {{{b}, 0.3}}, 1);
    }
    expectAsFresh(MaskView::cutout, {{a}, 0.95}, {{{b}, 0.3}}, 1);
    expectAsFresh(MaskView::cutout, {{a}, 0.5}, {{{b}, 0.5}, {{c}, 0.5}}, 1);
    expectAsFresh(MaskView::cutout, {{c}, 0.5}, {{{b}, 0.5}}, 1);
    expectAsFresh(MaskView::heat, {{}, 0.5}, {{{b}, 0.5}, {{c}, 0.5}}, 1);
    expectAsFresh(MaskView::spotlight, {{c}, 0.5}, {}, 0.5);
    expectAsFresh(MaskView::spotlight, {{}, 0.5}, {}, 0.5);
}

}  // namespace
}  // namespace maskwright::ui
