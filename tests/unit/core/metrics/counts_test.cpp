#include "core/metrics/counts.h"

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
    EXPECT_DOUBLE_EQ(c.iouAt(24), 1.0 / 4.0);
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

TEST(NearestThreshold, StaysWithinTheList) {
    EXPECT_EQ(nearestThreshold(0.5), 24u);
    EXPECT_EQ(nearestThreshold(0.0), 0u);
    EXPECT_EQ(nearestThreshold(1.0), kThresholds - 1);
    EXPECT_DOUBLE_EQ(thresholdAt(nearestThreshold(0.311)), 0.32);
    EXPECT_DOUBLE_EQ(thresholdAt(nearestThreshold(0.309)), 0.30);
}

}  // namespace
}  // namespace maskwright::metrics
