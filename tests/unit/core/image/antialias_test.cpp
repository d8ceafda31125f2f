#include "core/image/antialias.h"

#include <gtest/gtest.h>

#include "core/image/resize.h"

namespace maskwright {
namespace {

std::vector<float> line(const std::vector<float>& values, int to) {
    return resizeAntialiased(static_cast<int>(values.size()), 1, 1, to, 1, [&](int, std::span<float> row) {
        std::copy(values.begin(), values.end(), row.begin());
        return true;
    });
}

void expectNear(const std::vector<float>& found, const std::vector<float>& wanted) {
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_NEAR(found[i], wanted[i], 1e-6) << i;
    }
}

// Numbers of torch.nn.functional.interpolate(mode="bilinear", antialias=True).
TEST(Antialias, ResizesALineAsTorchDoes) {
    expectNear(line({0, 1, 2, 3}, 2), {0.7142857f, 2.2857144f});
    expectNear(line({1, 0, 0, 5, 2}, 3), {0.5714286f, 1.1111111f, 3.2857144f});
    expectNear(line({4, 8}, 4), {4, 5, 7, 8});
}

TEST(Antialias, BothDirectionsAndChannels) {
    // A row that a picture of two colours is made of; columns are resized alike.
    const auto planes = resizeAntialiased(4, 4, 2, 2, 2, [](int y, std::span<float> row) {
        for (std::size_t x = 0; x < 4; ++x) {
            row[2 * x] = float(x);
            row[2 * x + 1] = float(y);
        }
        return true;
    });
    expectNear(planes, {0.7142857f, 2.2857144f, 0.7142857f, 2.2857144f,    // x
                        0.7142857f, 0.7142857f, 2.2857144f, 2.2857144f});  // y
}

TEST(Antialias, EmptyRowsCostNothingAndCountAsZero) {
    const auto once = resizeAntialiased(2, 4, 1, 1, 2, [](int y, std::span<float> row) {
        std::fill(row.begin(), row.end(), 7.0f);
        return y == 3;
    });
    expectNear(once, {0, 7 * 0.4285714f});
}

TEST(Antialias, PicturesAreNormalisedAndCutOutsFilled) {
    Image image(3, 2);
    std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t(51));
    const Planar whole = resizeNormalized(image, {0.2f, 0, 0.1f}, {1, 2, 0.5f}, 1, 1);
    expectNear(whole.values, {0, 0.1f, 0.2f});
    Mask mask(3, 2);
    mask.at(1, 0) = mask.at(1, 1) = 255;
    Mask inside(2, 2);  // of the box
    inside.at(0, 0) = inside.at(0, 1) = 255;
    const Planar cut = resizeCutOut(image, inside, {1, 0, 2, 2}, {9, 8, 7}, {0.2f, 0, 0.1f}, {1, 2, 0.5f}, 2, 2);
    expectNear(cut.values, {0, 9, 0, 9, 0.1f, 8, 0.1f, 8, 0.2f, 7, 0.2f, 7});
    EXPECT_EQ(resizeAntialiased(mask, 3, 2).pixels, (std::vector<float>{0, 1, 0, 0, 1, 0}));
    EXPECT_TRUE(resizeAntialiased(0, 2, 1, 1, 1, {}).empty());
}

}  // namespace
}  // namespace maskwright
