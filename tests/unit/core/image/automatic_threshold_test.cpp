#include "core/image/automatic_threshold.h"

#include <gtest/gtest.h>

namespace maskwright {
namespace {

TEST(AutomaticThreshold, PartsTwoHeaps) {
    Heatmap map(100, 100, 0.2f);
    for (int i = 0; i < 1500; ++i) {
        map.pixels[std::size_t(i)] = 0.8f;
    }
    const double threshold = automaticThreshold(histogram(map), 0.5);
    EXPECT_NEAR(threshold, 0.5, 0.02);  // in the middle between them
    EXPECT_EQ(histogram(map)[51], 8500u);
}

TEST(AutomaticThreshold, DoesNotSplitNoise) {
    Heatmap map(100, 100, 0.001f);
    for (std::size_t i = 0; i < map.pixels.size(); i += 7) {
        map.pixels[i] = 0.02f;
    }
    EXPECT_DOUBLE_EQ(automaticThreshold(histogram(map), 0.3), 0.15);
    EXPECT_DOUBLE_EQ(automaticThreshold(histogram(Heatmap(5, 5, 0.9f)), 0.3), 0.3);
    EXPECT_DOUBLE_EQ(automaticThreshold(Histogram{}, 0.3), 0.3);
}

}  // namespace
}  // namespace maskwright
