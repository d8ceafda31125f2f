#include "core/image/chart.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace maskwright {
namespace {

std::int64_t pixelsOf(const Image& image, std::array<std::uint8_t, 3> colour, int fromX = 0, int toX = 1 << 30) {
    std::int64_t count = 0;
    for (int y = 0; y < image.height; ++y) {
        for (int x = fromX; x < std::min(toX, image.width); ++x) {
            count += std::equal(colour.begin(), colour.end(), image.at(x, y)) ? 1 : 0;
        }
    }
    return count;
}

TEST(Chart, NothingToDrawIsNoCrash) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_GT(barsChart("none", {}).width, 0);
    EXPECT_GT(barsChart("zero", {{"a", 0, "", {}}, {"b", nan, "", {}}}).width, 0);
}

TEST(Chart, BarsGoBothWays) {
    Image red(30, 20);
    for (std::size_t i = 0; i < red.pixels.size(); i += 3) {
        red.pixels[i] = 250;
    }
    const Image chart = barsChart("gain", {{"up", 3, "+3", {red}}, {"down", -1, "-1", {red}}}, 60);
    const std::int64_t up = pixelsOf(chart, {50, 130, 90}), down = pixelsOf(chart, {200, 80, 60});
    EXPECT_GT(down, 0);
    EXPECT_NEAR(double(up) / double(down), 3, 0.2);
    EXPECT_GT(pixelsOf(chart, {250, 0, 0}, 0, 80), 500) << "thumbnails";
}

}  // namespace
}  // namespace maskwright
