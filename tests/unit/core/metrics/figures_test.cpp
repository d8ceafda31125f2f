#include "core/metrics/figures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace maskwright::metrics {
namespace {

Heatmap map(int width, int height, std::initializer_list<float> values) {
    Heatmap m(width, height);
    std::copy(values.begin(), values.end(), m.pixels.begin());
    return m;
}
Mask mask(int width, int height, std::initializer_list<int> values) {
    Mask m(width, height);
    std::transform(values.begin(), values.end(), m.pixels.begin(), [](int v) { return v != 0 ? 255 : 0; });
    return m;
}

TEST(Totals, KnowsEveryFigureOfASmallCase) {
    // Two pictures of ten pixels: "cat" half found in the first and absent in the second, where one pixel is taken for
    // it.
    Totals totals(1);
    totals.add(0, true, count(map(10, 1, {1, 1, 0, 0, 1, 0, 0, 0, 0, 0}), mask(10, 1, {1, 1, 1, 1, 0, 0, 0, 0, 0, 0})));
    totals.add(0, false, count(map(10, 1, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0}), Mask()));
    const Summary m = totals.summary();
    const Figures& f = m.figures[24];
    EXPECT_DOUBLE_EQ(f.threshold, 0.5);
    EXPECT_DOUBLE_EQ(f.phraseIou, 2.0 / 5.0);
    EXPECT_DOUBLE_EQ(f.overallIou, 2.0 / 5.0);
    EXPECT_DOUBLE_EQ(f.classIou, 2.0 / 6.0);
    EXPECT_DOUBLE_EQ(f.foregroundIou, 2.0 / (1 + 2 + 2 + 2));
    EXPECT_DOUBLE_EQ(f.binaryIou, 0.5 * 2.0 / 7.0 + 0.5 * 14.0 / (1 + 14 + 2 + 2));
    EXPECT_DOUBLE_EQ(f.precision, 2.0 / 5.0);
    EXPECT_DOUBLE_EQ(f.recall, 2.0 / 5.0);
    EXPECT_DOUBLE_EQ(f.phantomRate, 1.0);
    EXPECT_EQ(m.present, 1);
    EXPECT_EQ(m.absent, 1);
    ASSERT_EQ(m.phrases[24].size(), 1u);
    EXPECT_DOUBLE_EQ(m.phrases[24][0].iou, 0.4);
    EXPECT_DOUBLE_EQ(m.phrases[24][0].classIou, 2.0 / 6.0);
    EXPECT_DOUBLE_EQ(m.phrases[24][0].phantomRate, 1.0);
}

TEST(Totals, SmallThingsHaveAFigureOfTheirOwn) {
    // Of a thousand pixels 9 are small and 10 are not; half of the small one is found.
    const auto found = [](std::ptrdiff_t truth, std::ptrdiff_t hit) {
        Heatmap probability(1000, 1);
        Mask mask(1000, 1);
        std::fill_n(probability.pixels.begin(), hit, 1.0f);
        std::fill_n(mask.pixels.begin(), truth, std::uint8_t(255));
        return count(probability, mask);
    };
    Totals totals(1), other(1);
    totals.add(0, true, found(8, 4));
    totals.add(0, true, found(10, 10));
    other.add(0, true, found(9, 0));
    other.add(0, false, count(Heatmap(1000, 1, 1.0f), Mask()));
    totals.add(other);
    const Summary summary = totals.summary();
    EXPECT_EQ(summary.small, 2);
    EXPECT_DOUBLE_EQ(summary.figures[24].smallIou, 0.25);
    EXPECT_DOUBLE_EQ(summary.figures[24].phraseIou, 0.5);
    EXPECT_EQ(Totals(1).summary().figures[24].smallIou, 0);
}

// Threads sum apart and together.
TEST(Totals, PartsAddUpToTheWhole) {
    Heatmap probability(40, 25);
    Mask truth(40, 25);
    Totals whole(2, {0.333}), one(2, {0.333}), other(2, {0.333});
    for (int picture = 0; picture < 4; ++picture) {
        for (std::size_t i = 0; i < probability.pixels.size(); ++i) {
            probability.pixels[i] = static_cast<float>((i * 7919 + std::size_t(picture) * 37) % 1001) / 1000.0f;
            truth.pixels[i] = (i + std::size_t(picture)) % 5 < 2 ? 255 : 0;
        }
        const bool present = picture != 2;
        const Counts counts = count(probability, present ? truth : Mask(), {0.333});
        whole.add(std::size_t(picture) % 2, present, counts);
        (picture < 2 ? one : other).add(std::size_t(picture) % 2, present, counts);
    }
    one.add(other);
    const Summary a = whole.summary(), b = one.summary();
    EXPECT_EQ(a.present, 3);
    EXPECT_EQ(b.present, 3);
    EXPECT_EQ(b.absent, 1);
    EXPECT_EQ(a.best, b.best);
    EXPECT_DOUBLE_EQ(a.averagePrecision, b.averagePrecision);
    ASSERT_EQ(a.figures.size(), kThresholds + 1);
    for (std::size_t t = 0; t < a.figures.size(); ++t) {
        EXPECT_DOUBLE_EQ(a.figures[t].phraseIou, b.figures[t].phraseIou) << t;
        EXPECT_DOUBLE_EQ(a.figures[t].overallIou, b.figures[t].overallIou) << t;
        EXPECT_DOUBLE_EQ(a.figures[t].binaryIou, b.figures[t].binaryIou) << t;
        EXPECT_DOUBLE_EQ(a.figures[t].phantomRate, b.figures[t].phantomRate) << t;
        EXPECT_DOUBLE_EQ(a.phrases[t][0].iou, b.phrases[t][0].iou) << t;
    }
}

TEST(Totals, APhantomNeedsMoreThanThreeThousandths) {
    Heatmap m(100, 10);
    m.pixels[0] = m.pixels[1] = m.pixels[2] = 1;
    const Counts three = count(m, Mask());
    m.pixels[3] = 1;
    const Counts four = count(m, Mask());
    EXPECT_FALSE(three.phantomAt(24));
    EXPECT_TRUE(four.phantomAt(24));
}

TEST(Totals, TheBestThresholdKeepsThePhantomRate) {
    // At low thresholds the mask is whole but phantoms appear; above 0.4 they are gone and half of the mask with them.
    Mask truth(1000, 1);
    Heatmap present(1000, 1), absent(1000, 1);
    for (std::size_t i = 0; i < 400; ++i) {
        truth.pixels[i] = 255;
        present.pixels[i] = i < 200 ? 0.9f : 0.35f;
        absent.pixels[i] = 0.4f;
    }
    Totals totals(1);
    totals.add(0, true, count(present, truth));
    totals.add(0, false, count(absent, Mask()));
    const Summary m = totals.summary();
    EXPECT_DOUBLE_EQ(m.figures[10].phraseIou, 1.0);
    EXPECT_DOUBLE_EQ(m.figures[10].phantomRate, 1.0);
    EXPECT_NEAR(thresholdAt(m.best), 0.40, 1e-9);
    EXPECT_DOUBLE_EQ(m.figures[m.best].phraseIou, 0.5);
    EXPECT_DOUBLE_EQ(m.figures[m.best].phantomRate, 0.0);
}

// The higher mask is better and brings a phantom up to 0.4, the lower one is smaller and brings none.
TEST(Totals, TheBestThresholdUnderAnotherPhantomRate) {
    Totals totals(1);
    totals.add(0, true, count(map(4, 1, {0.9f, 0.3f, 0, 0}), mask(4, 1, {1, 1, 0, 0})));
    totals.add(0, false, count(map(4, 1, {0.4f, 0, 0, 0}), Mask()));
    const Summary s = totals.summary();
    EXPECT_DOUBLE_EQ(s.figures[s.bestUnder(1)].phraseIou, 1);
    EXPECT_DOUBLE_EQ(s.figures[s.bestUnder(0.5)].phraseIou, 0.5);
    EXPECT_DOUBLE_EQ(s.figures[s.bestUnder(0.5)].phantomRate, 0);
    EXPECT_EQ(s.best, s.bestUnder(kPhantomRate));
}

TEST(Totals, NothingAskedGivesZeros) {
    const Summary m = Totals(0).summary();
    EXPECT_DOUBLE_EQ(m.figures[24].phraseIou, 0);
    EXPECT_DOUBLE_EQ(m.averagePrecision, 0);
}

TEST(AveragePrecision, LeavesOutThresholdsAtWhichNothingIsPredicted) {
    // Nothing is above 0.6: recall 0 with precision 0 is no point of the curve (FixedIntervalMetrics.value).
    Heatmap probability(1000, 1);
    Mask truth(1000, 1);
    for (std::size_t i = 0; i < 1000; ++i) {
        probability.pixels[i] = i < 600 ? 0.59f : 0.31f;
        truth.pixels[i] = i < 500 ? 255 : 0;
    }
    Totals totals(1);
    totals.add(0, true, count(probability, truth));
    // (recall, precision) is (500/501, 500/1001) below 0.31 and (500/501, 500/601) above: one recall, no area.
    EXPECT_DOUBLE_EQ(totals.summary().averagePrecision, 0);
}

TEST(Simpson, IsExactForParabolas) {
    const std::vector<double> x = {0, 0.5, 2, 3, 3.5};
    std::vector<double> y;
    for (const double v : x) {
        y.push_back(2 * v * v - v + 1);
    }
    EXPECT_NEAR(simpson(x, y), 2 * std::pow(3.5, 3) / 3 - 3.5 * 3.5 / 2 + 3.5, 1e-12);
    EXPECT_NEAR(simpson({0, 1, 2, 4}, {1, 1, 1, 1}), 4.0, 1e-12);
    EXPECT_DOUBLE_EQ(simpson({1}, {1}), 0);
}

}  // namespace
}  // namespace maskwright::metrics
