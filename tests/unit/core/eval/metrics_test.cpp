#include "core/eval/metrics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace maskwright::eval {
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

TEST(Count, ComparesStrictlyAtEveryThreshold) {
    // 0.5 itself is not above 0.5 (index 24), but above 0.48.
    const Counts c = count(map(4, 1, {0.5f, 0.51f, 0.0f, 1.0f}), mask(4, 1, {1, 0, 1, 1}));
    EXPECT_EQ(c.truth, 3);
    EXPECT_EQ(c.pixels, 4);
    EXPECT_EQ(c.hit[24], 1);
    EXPECT_EQ(c.extra[24], 1);
    EXPECT_EQ(c.hit[23], 2);
    EXPECT_EQ(c.extra[25], 0);
    EXPECT_EQ(c.hit[48], 1);
    EXPECT_DOUBLE_EQ(c.iou(24), 1.0 / 4.0);
}

TEST(Count, AgreesWithAPlainLoop) {
    Heatmap m(37, 29);
    Mask truth(37, 29);
    for (std::size_t i = 0; i < m.pixels.size(); ++i) {
        m.pixels[i] = static_cast<float>((i * 7919) % 1001) / 1000.0f;
        truth.pixels[i] = (i * 31) % 7 < 3 ? 255 : 0;
    }
    const Counts c = count(m, truth);
    for (std::size_t t = 0; t < kThresholds; ++t) {
        std::int64_t hit = 0, extra = 0;
        for (std::size_t i = 0; i < m.pixels.size(); ++i) {
            if (m.pixels[i] > static_cast<float>(thresholdAt(t))) {
                ++(truth.pixels[i] != 0 ? hit : extra);
            }
        }
        EXPECT_EQ(c.hit[t], hit) << t;
        EXPECT_EQ(c.extra[t], extra) << t;
    }
}

TEST(Measure, KnowsEveryFigureOfASmallCase) {
    // Two pictures of ten pixels: "cat" half found in the first and absent in the second, where one pixel is taken for
    // it.
    std::vector<Asked> asked(2);
    asked[0] = {0, 0, true,
                count(map(10, 1, {1, 1, 0, 0, 1, 0, 0, 0, 0, 0}), mask(10, 1, {1, 1, 1, 1, 0, 0, 0, 0, 0, 0}))};
    asked[1] = {1, 0, false, count(map(10, 1, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0}), Mask())};
    const Metrics m = measure(asked, {"cat"});
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
    const auto rows = m.phrases(24);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].phrase, "cat");
    EXPECT_DOUBLE_EQ(rows[0].iou, 0.4);
    EXPECT_DOUBLE_EQ(rows[0].phantomRate, 1.0);
}

TEST(Measure, APhantomNeedsMoreThanThreeThousandths) {
    Heatmap m(100, 10);
    m.pixels[0] = m.pixels[1] = m.pixels[2] = 1;
    Asked three{0, 0, false, count(m, Mask())};
    m.pixels[3] = 1;
    Asked four{1, 0, false, count(m, Mask())};
    EXPECT_FALSE(three.counts.phantom(24));
    EXPECT_TRUE(four.counts.phantom(24));
}

TEST(Measure, TheBestThresholdKeepsThePhantomRate) {
    // At low thresholds the mask is whole but phantoms appear; above 0.4 they are gone and half of the mask with them.
    Mask truth(1000, 1);
    Heatmap present(1000, 1), absent(1000, 1);
    for (std::size_t i = 0; i < 400; ++i) {
        truth.pixels[i] = 255;
        present.pixels[i] = i < 200 ? 0.9f : 0.35f;
        absent.pixels[i] = 0.4f;
    }
    const Metrics m = measure({{0, 0, true, count(present, truth)}, {1, 0, false, count(absent, Mask())}}, {"cat"});
    EXPECT_DOUBLE_EQ(m.figures[10].phraseIou, 1.0);
    EXPECT_DOUBLE_EQ(m.figures[10].phantomRate, 1.0);
    EXPECT_NEAR(thresholdAt(m.best), 0.40, 1e-9);
    EXPECT_DOUBLE_EQ(m.figures[m.best].phraseIou, 0.5);
    EXPECT_DOUBLE_EQ(m.figures[m.best].phantomRate, 0.0);
}

TEST(Measure, NothingAskedGivesZeros) {
    const Metrics m = measure({}, {});
    EXPECT_DOUBLE_EQ(m.figures[24].phraseIou, 0);
    EXPECT_DOUBLE_EQ(m.averagePrecision, 0);
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

TEST(NearestThreshold, StaysWithinTheList) {
    EXPECT_EQ(nearestThreshold(0.5), 24u);
    EXPECT_EQ(nearestThreshold(0.0), 0u);
    EXPECT_EQ(nearestThreshold(1.0), kThresholds - 1);
    EXPECT_DOUBLE_EQ(thresholdAt(nearestThreshold(0.311)), 0.32);
    EXPECT_DOUBLE_EQ(thresholdAt(nearestThreshold(0.309)), 0.30);
}

}  // namespace
}  // namespace maskwright::eval
